//! The versions of OpenAPI that are read, and ranges of them: what grammar and rules are told apart by.

use std::fmt;

/// A version, by what its documents may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V2_0,
    V3_0,
    V3_1,
    V3_2,
}

impl Version {
    /// The oldest one.
    const OLDEST: Self = Self::V2_0;

    /// The newest one.
    pub(super) const NEWEST: Self = Self::V3_2;

    /// Its name, with that which it had before it was called OpenAPI.
    fn as_str(self) -> &'static str {
        match self {
            Self::V2_0 => "Swagger 2.0",
            Self::V3_0 => "OpenAPI 3.0",
            Self::V3_1 => "OpenAPI 3.1",
            Self::V3_2 => "OpenAPI 3.2",
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Versions that follow each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Versions {
    pub(super) first: Version,
    pub(super) last: Version,
}

impl Versions {
    /// All of them.
    pub(super) const ALL: Self = Self {
        first: Version::OLDEST,
        last: Version::NEWEST,
    };

    /// From `first` on.
    pub(super) const fn since(first: Version) -> Self {
        Self {
            first,
            last: Version::NEWEST,
        }
    }

    /// Up to `last`.
    pub(super) const fn until(last: Version) -> Self {
        Self {
            first: Version::OLDEST,
            last,
        }
    }

    pub(super) fn include(self, version: Version) -> bool {
        self.first <= version && version <= self.last
    }
}

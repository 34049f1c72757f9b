// @generated from an OpenAPI description: the runtime, the same for every API.

//! Errors of somebody else's, made fit to be shown: an error with what is behind it and the secrets of a call in, the same
//! chain out, whose texts are short lines without those secrets.

use std::error::Error;
use std::fmt;

use crate::runtime::shown::excerpt::Shown;
use crate::runtime::shown::secret::Secrets;

/// An error of somebody else's.
pub type BoxError = Box<dyn Error + Send + Sync + 'static>;

/// What is behind an error beyond this many others is not shown.
const DEEPEST: usize = 16;

/// An error of somebody else's, as it may be shown.
pub struct Outside {
    text: String,
    source: Option<Box<Outside>>,
    original: Option<BoxError>,
}

impl Outside {
    /// Shows `error` without these secrets.
    pub(crate) fn new(error: BoxError, secrets: &Secrets) -> Self {
        let original = match error.downcast::<Self>() {
            // What was made fit before, knowing less.
            Ok(mut outside) => match outside.original.take() {
                Some(original) => original,
                None => return *outside,
            },
            Err(original) => original,
        };
        let shown = Self::shown(&*original, secrets, DEEPEST);
        Self {
            original: Some(original),
            ..shown
        }
    }

    fn shown(error: &(dyn Error + 'static), secrets: &Secrets, deepest: usize) -> Self {
        let source = error.source().filter(|_| deepest > 0);
        Self {
            text: Shown::new(&error.to_string(), secrets).to_string(),
            source: source.map(|source| Box::new(Self::shown(source, secrets, deepest - 1))),
            original: None,
        }
    }

    /// The error itself, which may show what this one does not.
    #[must_use]
    pub fn original(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        self.original.as_deref()
    }
}

impl fmt::Display for Outside {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for Outside {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Outside").field(&self.text).finish()
    }
}

impl Error for Outside {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

//! JSON lists whose items have a type each: a table of items in, `Serialize` and `Deserialize` out, without a derive.
//!
//! Lists of exactly so many items are Rust tuples, and need none of this.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Expected, IgnoredAny, Visitor};

#[cfg(part = "maybe")]
use crate::runtime::values::maybe::Maybe;

// What the macro names, so that a generated file need not import it.
#[doc(hidden)]
pub use serde::de::SeqAccess;
#[doc(hidden)]
pub use serde::ser::SerializeSeq;
#[doc(hidden)]
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Implements `Serialize` and `Deserialize` for a struct without names whose fields are the items of a list.
///
/// ```text
/// tuple! {
///     Line {
///         required 0,  // T, or Option<T> where it may be `null`
///         optional 1,  // Option<T>, missing when `None`
///         maybe    2,  // Maybe<T>, three states
///         rest     3,  // Vec<T>, all items after those
///     }
/// }
/// ```
///
/// Rows are in the order of the fields: those that are `required` come first, and `rest` last, if it is there at all.
///
/// Decoding takes JSON lists only. One that is too short or too long is an error that says so. `null` for an `optional`
/// item is `None`. Encoding ends a list with the last item that is there; one that is missing before that is `null`.
#[allow(unused_macros, reason = "a document may describe no tuple")]
macro_rules! tuple {
    ($type:ident { $($kind:ident $index:tt),* $(,)? }) => {
        impl $crate::runtime::values::tuple::Tuple for $type {
            const SIZE: $crate::runtime::values::tuple::Size = $crate::runtime::values::tuple::Size::NONE$(.$kind())*;

            fn read<'de, A: $crate::runtime::values::tuple::SeqAccess<'de>>(
                items: &mut $crate::runtime::values::tuple::Reader<A>,
            ) -> ::core::result::Result<Self, A::Error> {
                ::core::result::Result::Ok(Self($(items.$kind()?),*))
            }

            fn write<S: $crate::runtime::values::tuple::SerializeSeq>(
                &self,
                items: &mut $crate::runtime::values::tuple::Writer<S>,
            ) -> ::core::result::Result<(), S::Error> {
                $(items.$kind(&self.$index)?;)*
                ::core::result::Result::Ok(())
            }
        }

        impl<'de> $crate::runtime::values::tuple::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::values::tuple::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::values::tuple::deserialize(deserializer)
            }
        }

        impl $crate::runtime::values::tuple::Serialize for $type {
            fn serialize<S: $crate::runtime::values::tuple::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::runtime::values::tuple::serialize(self, serializer)
            }
        }
    };
}
#[allow(unused_imports, reason = "a document may describe no tuple")]
pub(crate) use tuple;

/// What `tuple!` writes for a type.
pub trait Tuple: Sized {
    /// How many items a list has.
    const SIZE: Size;

    /// Reads the items of a list.
    ///
    /// # Errors
    ///
    /// When an item is missing or does not fit.
    fn read<'de, A: SeqAccess<'de>>(items: &mut Reader<A>) -> Result<Self, A::Error>;

    /// Writes the items of a list.
    ///
    /// # Errors
    ///
    /// When the serializer or an item refuses.
    fn write<S: SerializeSeq>(&self, items: &mut Writer<S>) -> Result<(), S::Error>;
}

/// How many items a list may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    least: usize,
    most: usize,
    is_open: bool,
}

#[allow(dead_code, reason = "a document may describe no item of some kind")]
impl Size {
    /// No item.
    pub const NONE: Self = Self {
        least: 0,
        most: 0,
        is_open: false,
    };

    /// And one more, which must be there.
    #[must_use]
    pub const fn required(self) -> Self {
        Self {
            least: self.least + 1,
            ..self.optional()
        }
    }

    /// And one more, which may be there.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self {
            most: self.most + 1,
            ..self
        }
    }

    /// And one more, which may be there and may be `null`.
    #[cfg(part = "maybe")]
    #[must_use]
    pub const fn maybe(self) -> Self {
        self.optional()
    }

    /// And any number of others.
    #[must_use]
    pub const fn rest(self) -> Self {
        Self { is_open: true, ..self }
    }
}

impl Expected for Size {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { least, most, is_open } = *self;
        let items = |count: usize| if count == 1 { "item" } else { "items" };
        if is_open {
            write!(formatter, "a list of at least {least} {}", items(least))
        } else if least == most {
            write!(formatter, "a list of {most} {}", items(most))
        } else {
            write!(formatter, "a list of {least} to {most} {}", items(most))
        }
    }
}

/// Decodes a tuple.
///
/// # Errors
///
/// When the input is not a list, has too few items or too many, or an item does not fit.
pub fn deserialize<'de, T: Tuple, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_seq(TupleVisitor(PhantomData))
}

/// Encodes a tuple as a list.
///
/// # Errors
///
/// When the serializer or an item refuses.
pub fn serialize<T: Tuple, S: Serializer>(tuple: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut items = Writer {
        list: serializer.serialize_seq(None)?,
        missing: 0,
    };
    tuple.write(&mut items)?;
    items.list.end()
}

struct TupleVisitor<T>(PhantomData<T>);

impl<'de, T: Tuple> Visitor<'de> for TupleVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Expected::fmt(&T::SIZE, formatter)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        let mut items = Reader {
            list,
            read: 0,
            size: T::SIZE,
        };
        let tuple = T::read(&mut items)?;
        items.end()?;
        Ok(tuple)
    }
}

/// The items of a list that is being decoded.
pub struct Reader<A> {
    list: A,
    read: usize,
    size: Size,
}

#[allow(dead_code, reason = "a document may describe no item of some kind")]
impl<'de, A: SeqAccess<'de>> Reader<A> {
    fn next<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, A::Error> {
        let item = self.list.next_element()?;
        self.read += usize::from(item.is_some());
        Ok(item)
    }

    /// Reads an item that must be there.
    ///
    /// # Errors
    ///
    /// When it is not, or does not fit.
    pub fn required<T: Deserialize<'de>>(&mut self) -> Result<T, A::Error> {
        match self.next()? {
            Some(item) => Ok(item),
            None => Err(Error::invalid_length(self.read, &self.size)),
        }
    }

    /// Reads an item that may be there.
    ///
    /// # Errors
    ///
    /// When it does not fit.
    pub fn optional<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, A::Error> {
        self.next().map(Option::flatten)
    }

    /// Reads an item that may be there and may be `null`.
    ///
    /// # Errors
    ///
    /// When it does not fit.
    #[cfg(part = "maybe")]
    pub fn maybe<T: Deserialize<'de>>(&mut self) -> Result<Maybe<T>, A::Error> {
        self.next().map(Option::unwrap_or_default)
    }

    /// Reads all other items.
    ///
    /// # Errors
    ///
    /// When one does not fit.
    pub fn rest<T: Deserialize<'de>>(&mut self) -> Result<Vec<T>, A::Error> {
        let mut rest = Vec::new();
        while let Some(item) = self.next()? {
            rest.push(item);
        }
        Ok(rest)
    }

    /// Nothing may follow.
    fn end(&mut self) -> Result<(), A::Error> {
        let read = self.read;
        while self.next::<IgnoredAny>()?.is_some() {}
        if self.read == read {
            Ok(())
        } else {
            Err(Error::invalid_length(self.read, &self.size))
        }
    }
}

/// The items of a list that is being encoded.
pub struct Writer<S> {
    list: S,
    /// How many items before the next one are not there.
    missing: usize,
}

#[allow(dead_code, reason = "a document may describe no item of some kind")]
impl<S: SerializeSeq> Writer<S> {
    /// Writes an item.
    ///
    /// # Errors
    ///
    /// When the serializer or the item refuses.
    pub fn required<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), S::Error> {
        for _ in 0..std::mem::take(&mut self.missing) {
            self.list.serialize_element(&())?;
        }
        self.list.serialize_element(item)
    }

    /// Writes an item that may not be there.
    ///
    /// # Errors
    ///
    /// When the serializer or the item refuses.
    #[allow(clippy::ref_option, reason = "items of all kinds are handed over in one way")]
    pub fn optional<T: Serialize>(&mut self, item: &Option<T>) -> Result<(), S::Error> {
        if let Some(item) = item {
            self.required(item)
        } else {
            self.missing += 1;
            Ok(())
        }
    }

    /// Writes an item that may not be there or may be `null`.
    ///
    /// # Errors
    ///
    /// When the serializer or the item refuses.
    #[cfg(part = "maybe")]
    pub fn maybe<T: Serialize>(&mut self, item: &Maybe<T>) -> Result<(), S::Error> {
        if item.is_absent() {
            self.missing += 1;
            Ok(())
        } else {
            self.required(item)
        }
    }

    /// Writes all other items.
    ///
    /// # Errors
    ///
    /// When the serializer or an item refuses.
    pub fn rest<T: Serialize>(&mut self, items: &[T]) -> Result<(), S::Error> {
        items.iter().try_for_each(|item| self.required(item))
    }
}

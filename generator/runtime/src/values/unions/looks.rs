//! How much work unions inside unions may be: the looks at their values in, an end of it out.
//!
//! An arm that fails late has looked at all that is below it, and the next arm does so again: twice the work for each level,
//! which an answer could drive to any height. What a union inside has decided once is therefore kept until the outermost one
//! is decoded, so that another arm around it costs no more than going the same way again.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use serde::de::Error as _;
use serde_json::Error;

use crate::runtime::values::unions::loss;
use crate::runtime::values::unions::tree::Tree;

/// What was asked: the type of the union, where the value lies, and what in it may be passed over.
type Question = (TypeId, usize, usize);

/// The arm that a value is, by position, if it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decided(pub(crate) Option<usize>);

/// What was decided, and the value, which keeps others from lying where it does.
type Answer = (Decided, Tree);

thread_local! {
    /// How many more values may be looked at inside the outermost union that this thread is decoding.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
    /// What the unions inside it have decided.
    static DECIDED: RefCell<BTreeMap<Question, Answer>> = const { RefCell::new(BTreeMap::new()) };
}

/// Bounds the work on the outermost union, and on all that are inside it. Where the looks are used up, what is left stays
/// `Unknown`.
pub(crate) struct Looks {
    outermost: bool,
}

impl Looks {
    /// More looks at each value than an honest answer needs: a union of two arms in itself a hundred times over takes half of it.
    const PER_VALUE: usize = 256;

    pub(crate) fn begin(tree: &Tree) -> Self {
        let outermost = LEFT.get().is_none();
        if outermost {
            LEFT.set(Some(tree.count().saturating_mul(Self::PER_VALUE)));
        }
        Self { outermost }
    }

    /// Whether no union is around this one.
    pub(crate) const fn is_outermost(&self) -> bool {
        self.outermost
    }

    /// Takes some of what is left.
    pub(crate) fn take(looks: usize) -> Result<(), Error> {
        let Some(left) = LEFT.get() else {
            return Ok(());
        };
        LEFT.set(Some(left.saturating_sub(looks)));
        if left >= looks {
            return Ok(());
        }
        let most = Self::PER_VALUE;
        Err(Error::custom(format_args!(
            "the unions in it take more attempts than {most} for each of its values"
        )))
    }

    /// Which arm of the union `T` the value is, if that was found out before.
    pub(crate) fn known<T: 'static>(&self, tree: &Tree) -> Option<Decided> {
        let question = self.question::<T>(tree)?;
        DECIDED.with_borrow(|decided| decided.get(&question).map(|(decided, _)| *decided))
    }

    /// Keeps which arm of the union `T` the value is, unless the looks ran out on the way.
    pub(crate) fn keep<T: 'static>(&self, tree: &Tree, arm: Decided) {
        if let Some(question) = self.question::<T>(tree)
            && LEFT.get() != Some(0)
        {
            DECIDED.with_borrow_mut(|decided| decided.insert(question, (arm, tree.clone())));
        }
    }

    /// Nobody asks a second time about the outermost one, nor about what has no parts.
    fn question<T: 'static>(&self, tree: &Tree) -> Option<Question> {
        let address = tree.address().filter(|_| !self.outermost)?;
        Some((TypeId::of::<T>(), address, loss::written()))
    }
}

impl Drop for Looks {
    fn drop(&mut self) {
        if self.outermost {
            LEFT.set(None);
            drop(DECIDED.take());
        }
    }
}

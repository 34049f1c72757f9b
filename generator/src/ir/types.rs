//! Definitions: what gets a Rust item of its own.

use serde_json::Value;

use super::{Docs, OperationId, Pointer, Status, Type, TypeId, WebhookId};

/// A definition: something that gets a Rust item of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Where it comes from; seeds its name and every message about it.
    pub origin: Origin,
    /// Its place in the document.
    pub pointer: Pointer,
    /// Its documentation.
    pub docs: Docs,
    /// What it looks like.
    pub shape: Shape,
    /// What can be derived for it; set by `refine`.
    pub capability: Capability,
    /// Where it travels; set by `refine`.
    pub direction: Direction,
    /// The equal definition that it is another name for; set by `refine`, once everything has its name.
    pub same_as: Option<TypeId>,
}

/// Where a definition comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A named schema of `components`.
    Component(String),
    /// A schema with a name where it is written elsewhere: an entry of `$defs`, a file, an entry of a file.
    Entry {
        /// The name.
        name: String,
        /// What it is in, the nearest last: folders, the file, the schema around it.
        within: Vec<String>,
    },
    /// A schema written in place.
    Inline {
        /// What it is written in.
        parent: Parent,
        /// Which part of the parent it is.
        role: Role,
    },
}

/// What an inline schema is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parent {
    /// Another type.
    Type(TypeId),
    /// An operation.
    Operation(OperationId),
    /// A request of the server's.
    Webhook(WebhookId),
    /// A named component that is not a schema: a shared response, parameter, header or request body.
    Component(String),
}

/// Which part of its parent an inline schema is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The value of the named property.
    Property(String),
    /// The items of an array.
    Item,
    /// One of the items that a list has in its order, counted from zero.
    Position(usize),
    /// The values of a map.
    AdditionalProperty,
    /// A schema that others refer to by the name under which it is kept (`$defs`).
    Definition(String),
    /// An arm of a union, counted from zero.
    Variant(usize),
    /// The members that all arms of a union inherit, as an arm of their own.
    Base,
    /// The body of a request, with its media type where there are several.
    RequestBody(Option<String>),
    /// The body of a response, with its media type where it is not the first.
    Response(Status, Option<String>),
    /// A header of a response.
    Header(String),
    /// A parameter.
    Parameter(String),
}

/// What a definition looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// An object with known members.
    Struct(Struct),
    /// A closed set of values, always decoded openly.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// A list whose items have a type each by their position.
    Tuple(Tuple),
    /// Another name for a type.
    Alias(Type),
}

impl Shape {
    /// The types that it is made of, in document order.
    #[must_use]
    pub fn parts(&self) -> Vec<&Type> {
        match self {
            Self::Struct(object) => {
                let declared = match &object.additional {
                    Additional::Declared(ty) => Some(ty),
                    Additional::Denied | Additional::Implied => None,
                };
                object.fields.iter().map(|field| &field.ty).chain(declared).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Tuple(tuple) => tuple.items.iter().map(|item| &item.ty).chain(&tuple.rest).collect(),
            Self::Alias(ty) => vec![ty],
            Self::Enum(_) => Vec::new(),
        }
    }

    /// The same, to be changed.
    #[must_use]
    pub fn parts_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Struct(object) => {
                let declared = match &mut object.additional {
                    Additional::Declared(ty) => Some(ty),
                    Additional::Denied | Additional::Implied => None,
                };
                let fields = object.fields.iter_mut().map(|field| &mut field.ty);
                fields.chain(declared).collect()
            }
            Self::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::Tuple(tuple) => {
                let items = tuple.items.iter_mut().map(|item| &mut item.ty);
                items.chain(&mut tuple.rest).collect()
            }
            Self::Alias(ty) => vec![ty],
            Self::Enum(_) => Vec::new(),
        }
    }
}

/// An object with known members.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// The members, in document order.
    pub fields: Vec<Field>,
    /// What other members may be there.
    pub additional: Additional,
}

/// What members an object may have besides the known ones.
#[derive(Debug, Clone, PartialEq)]
pub enum Additional {
    /// `additionalProperties: false`: none. What comes is kept all the same, but arms of unions without tags are not taken then.
    Denied,
    /// The document is silent, so anything may come and is kept.
    Implied,
    /// Any name, with values of this type.
    Declared(Type),
}

/// One member of a [`Struct`].
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name on the wire.
    pub wire: String,
    /// The type of a value that is there.
    pub ty: Type,
    /// Whether it must be there.
    pub presence: Presence,
    /// In which direction it travels.
    pub access: Access,
    /// The value that the document gives for an absent member. It only documents: nothing is filled in.
    pub default: Option<Value>,
    /// The one value that the document permits. Where the member must be there, it is filled in.
    pub constant: Option<Value>,
    /// The one value that unions go by which lead here; filled in likewise. Set by `refine`.
    pub tag: Option<Value>,
    /// What callers of an earlier crate do about it, where the document alone would have them do something else. Set by
    /// `refine`.
    pub before: Option<Before>,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it needs a `Box` to give its struct a finite size; set by `refine`.
    pub boxed: bool,
}

/// What callers of an earlier crate do about a member that must be there.
#[derive(Debug, Clone, PartialEq)]
pub enum Before {
    /// They give it.
    Given,
    /// They do not: it has this value from the start.
    Filled(Value),
}

/// Whether a member must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be absent.
    Optional,
}

/// In which direction a member travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// In both.
    ReadWrite,
    /// In responses only.
    ReadOnly,
    /// In requests only.
    WriteOnly,
}

/// A set of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// What kind of values they are.
    pub repr: EnumRepr,
    /// The distinct values, in document order; never empty, never `null`.
    pub values: Vec<EnumValue>,
}

/// What kind of values an [`Enum`] has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnumRepr {
    /// Strings.
    String,
    /// Integers that fit `i64`.
    Integer,
    /// Anything else, or a mixture.
    Mixed,
}

/// One value of an [`Enum`].
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// The value on the wire.
    pub wire: Value,
    /// What the document calls it, where that is not the value itself.
    pub name: Option<String>,
    /// Its documentation.
    pub docs: Docs,
}

impl From<Value> for EnumValue {
    /// A value without a word about it.
    fn from(wire: Value) -> Self {
        Self {
            wire,
            name: None,
            docs: Docs::default(),
        }
    }
}

/// One of several types.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The variants, in document order.
    pub variants: Vec<Variant>,
    /// The member that says which variant it is. Without one, the first that fits without loss is taken.
    pub discriminator: Option<Discriminator>,
}

/// One of the types of a [`Union`], which becomes a variant of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its type.
    pub ty: Type,
    /// What the document calls it, where it is a text.
    pub name: Option<String>,
    /// The values of the discriminator that select it, all of the union's of one kind: texts, integers that fit `i64`, or
    /// flags. Empty without a discriminator.
    pub tags: Vec<Value>,
    /// Its documentation.
    pub docs: Docs,
}

/// The member that says which variant of a [`Union`] a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discriminator {
    /// The member's name on the wire.
    pub property: String,
    /// Whether the document does not name it and it follows from single-value enums.
    pub inferred: bool,
    /// Whether it may be absent, in which case the first variant that fits without loss is taken.
    pub optional: bool,
    /// The variant of what has another value there or none, by position.
    pub default: Option<usize>,
    /// The variant of what has no value there, or `null`, by position.
    pub absent: Option<usize>,
}

/// A list whose items have a type each, and whose length may vary or has no Rust tuple. Those without either are a
/// [`Type::Tuple`].
#[derive(Debug, Clone, PartialEq)]
pub struct Tuple {
    /// The items, in their order; those that need not be there come last.
    pub items: Vec<Item>,
    /// The type of any number of items after those; `None` where there may be none.
    pub rest: Option<Type>,
}

/// One item of a [`Tuple`].
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its type.
    pub ty: Type,
    /// Whether a list without it is too short.
    pub presence: Presence,
    /// The one value that the document permits. Where the item must be there, it is filled in.
    pub constant: Option<Value>,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it needs a `Box` to give its tuple a finite size; set by `refine`.
    pub boxed: bool,
}

/// What can be derived for a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capability {
    /// Whether equality is total, and so whether there is a hash.
    pub eq: Equality,
    /// Whether it can be made without a value: every member is optional.
    pub default: bool,
    /// Whether some member that may be absent or `null` has it.
    pub maybe: bool,
}

/// Whether equality is total: `Eq` and `Hash`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Equality {
    /// Both are derived.
    Derived,
    /// Both are written out: some of its own parts are numbers with floating point.
    Written,
    /// There are bytes inside, or something from elsewhere.
    None,
}

/// Where a type travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Direction {
    /// Inside a request.
    pub request: bool,
    /// Inside a response.
    pub response: bool,
}

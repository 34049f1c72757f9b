//! The names of webhooks and how each is decoded in, what an enum of them can do out.

/// Implements what an enum of webhooks can do: a constant for each name, `NAMES`, `decode`, `name`, and where the table
/// says how, `decode_as` and `decode_any`.
///
/// ```text
/// webhooks! { Webhook { CREATED = "ticket.created": json Created, PING = "ping": none Ping } }
/// webhooks! { Webhook by "type" { CREATED = "created" as "ticket.created" | "ticket.copied": json Created } }
/// webhooks! { Webhook typed { CREATED = "created": json Created also form "application/x-www-form-urlencoded" Created } }
/// ```
///
/// A row has a constant, the name and, behind the colon, the variant with the decoder of its payload: `json`, `form`, `text`,
/// `bytes`, `none` where there is no payload, or `optional_json` where there may be none. `or` adds a variant for a media type
/// (in lower case, without parameters), `also` a decoder for one, into a variant of the row. `as` lists the values of the
/// member that the head names.
///
/// The enum has a variant `Unknown { name: String, body: Bytes }`.
#[allow(unused_macros, reason = "used by generated code only")]
macro_rules! webhooks {
    ($type:ident typed $(by $property:literal)? { $($rows:tt)* }) => {
        $crate::runtime::webhook::webhooks! { $type $(by $property)? { $($rows)* } }
        $crate::runtime::webhook::webhooks! { @typed $type { $($rows)* } }
    };
    ($type:ident by $property:literal { $($rows:tt)* }) => {
        $crate::runtime::webhook::webhooks! { $type { $($rows)* } }
        $crate::runtime::webhook::webhooks! { @tagged $type $property { $($rows)* } }
    };
    ($type:ident { $(
        $constant:ident = $name:literal $(as $($tag:literal)|+)?: $kind:ident $variant:ident
        $(or $other_kind:ident $other_type:literal $other:ident)*
        $(also $further_kind:ident $further_type:literal $further:ident)*
    ),* $(,)? }) => {
        impl $type {
            $(
                #[doc = ::core::concat!("The name of [`", ::core::stringify!($variant), "`](Self::", ::core::stringify!($variant), ").")]
                pub const $constant: &'static str = $name;
            )*

            /// All names that the description has, in its order.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// Decodes what came under `name`, which is told from others by its case too.
            ///
            /// Nothing here says who sent it: check its signature before, over the same bytes.
            ///
            /// A name that the description does not have is no error, but `Unknown`.
            ///
            /// # Errors
            ///
            /// When `body` is not what the description says, or has more than 32 MiB.
            pub fn decode(
                name: &str,
                body: &[u8],
            ) -> ::core::result::Result<Self, $crate::runtime::webhook::WebhookError> {
                match name {
                    $($name => $crate::runtime::webhook::webhooks!(@decode $kind $variant name body),)*
                    _ => ::core::result::Result::Ok(Self::unknown(name, body)),
                }
            }

            /// What the description calls it; for `Unknown`, what the sender did.
            #[must_use]
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant { .. } $(| Self::$other { .. })* => $name,)*
                    Self::Unknown { name, .. } => name,
                }
            }

            fn unknown(name: &str, body: &[u8]) -> Self {
                Self::Unknown {
                    name: name.into(),
                    body: $crate::runtime::webhook::Bytes::copy_from_slice(body),
                }
            }
        }
    };
    (@typed $type:ident { $(
        $constant:ident = $name:literal $(as $($tag:literal)|+)?: $kind:ident $variant:ident
        $(or $other_kind:ident $other_type:literal $other:ident)*
        $(also $further_kind:ident $further_type:literal $further:ident)*
    ),* $(,)? }) => {
        impl $type {
            /// Decodes what came under `name` as the media type that the header `Content-Type` gives, where the description
            /// has several for that name; otherwise as [`decode`](Self::decode) does.
            ///
            /// # Errors
            ///
            /// When `body` is not what the description says, or has more than 32 MiB.
            pub fn decode_as(
                name: &str,
                content_type: &str,
                body: &[u8],
            ) -> ::core::result::Result<Self, $crate::runtime::webhook::WebhookError> {
                let essence = $crate::runtime::webhook::essence(content_type);
                match (name, essence.as_str()) {
                    $(
                        $(($name, $other_type) => {
                            $crate::runtime::webhook::webhooks!(@decode $other_kind $other name body)
                        })*
                        $(($name, $further_type) => {
                            $crate::runtime::webhook::webhooks!(@decode $further_kind $further name body)
                        })*
                    )*
                    _ => Self::decode(name, body),
                }
            }
        }
    };
    (@tagged $type:ident $property:literal { $(
        $constant:ident = $name:literal $(as $($tag:literal)|+)?: $kind:ident $variant:ident
        $(or $other_kind:ident $other_type:literal $other:ident)*
        $(also $further_kind:ident $further_type:literal $further:ident)*
    ),* $(,)? }) => {
        impl $type {
            #[doc = ::core::concat!("Decodes what came by the member `", $property, "` of the body, which tells which one it is.")]
            ///
            /// Nothing here says who sent it: check its signature before, over the same bytes.
            ///
            /// A value that the description does not have is no error, but `Unknown`, named after it; where the member is
            /// missing, or the body is no object, the name is empty.
            ///
            /// # Errors
            ///
            /// When `body` is not what the description says, or has more than 32 MiB.
            pub fn decode_any(
                body: &[u8],
            ) -> ::core::result::Result<Self, $crate::runtime::webhook::WebhookError> {
                let tag = $crate::runtime::webhook::tag(body, $property)?.unwrap_or_default();
                let name = tag.as_str();
                match name {
                    $($($($tag)|+ => $crate::runtime::webhook::webhooks!(@decode $kind $variant name body),)?)*
                    _ => ::core::result::Result::Ok(Self::unknown(name, body)),
                }
            }
        }
    };
    (@decode none $variant:ident $name:ident $body:ident) => {
        ::core::result::Result::Ok(Self::$variant)
    };
    (@decode optional_json $variant:ident $name:ident $body:ident) => {
        if $body.is_empty() {
            ::core::result::Result::Ok(Self::unknown($name, $body))
        } else {
            $crate::runtime::webhook::json($body).map(Self::$variant)
        }
    };
    (@decode $kind:ident $variant:ident $name:ident $body:ident) => {
        $crate::runtime::webhook::$kind($body).map(Self::$variant)
    };
}
#[allow(unused_imports, reason = "used by generated code only")]
pub(crate) use webhooks;

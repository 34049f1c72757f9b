//! `type` and `format` in, a scalar out.

use serde_json::Value;

use super::{
    all_of::Conjunction,
    context::Lowering,
    keywords::{JsonType, Keywords},
};
use crate::{
    diagnostics::Code,
    ir::{Pointer, Primitive, Type},
};

impl<'d> Lowering<'d> {
    pub(super) fn lower_primitive(
        &mut self,
        conjunction: &Conjunction<'d>,
        ty: JsonType<'d>,
        pointer: &Pointer,
    ) -> Type {
        let arms = || conjunction.arms.iter().rev().map(|arm| arm.keywords);
        let format = arms().find_map(Keywords::format).unwrap_or_default();
        let encoding = arms().find_map(|keywords| keywords.text("contentEncoding"));
        let format = match encoding.map(str::to_ascii_lowercase).as_deref() {
            Some("base64") => "byte",
            Some("base64url") => "base64url",
            _ => format,
        };
        if let Some(primitive) = self.primitive(ty, format) {
            let is_plain_text = ty == JsonType::String && encoding.is_none();
            if is_plain_text && let Some(other) = self.other_format(conjunction, &primitive) {
                let message =
                    format!("a text cannot be of the formats `{other}` and `{format}` at once; it is a plain one");
                self.report(Code::UnsupportedSchema, pointer, message);
                return Type::Primitive(Primitive::String);
            }
            self.note_misspelt_format(conjunction, ty, format);
            self.note_use_of_format(ty, format);
            if primitive == Primitive::Int64 && format.is_empty() {
                return Type::Primitive(self.integer(conjunction));
            }
            return Type::Primitive(primitive);
        }
        // `any` is what `{}` used to be called; the others mean nothing.
        if ty != JsonType::Other("any") {
            let message = format!("`{}` is not a type; it is typed as any JSON value", ty.as_str());
            self.report(Code::UnsupportedSchema, pointer, message);
        }
        Type::Any
    }

    /// The last format of the conjunction that makes another type of a text than `primitive`.
    fn other_format(&self, conjunction: &Conjunction<'d>, primitive: &Primitive) -> Option<&'d str> {
        let is_typed = |ty: &Primitive| *ty != Primitive::String;
        let mut formats = conjunction.arms.iter().rev().filter_map(|arm| arm.keywords.format());
        formats.find(|format| {
            let other = self.primitive(JsonType::String, format);
            is_typed(primitive) && other.is_some_and(|other| is_typed(&other) && other != *primitive)
        })
    }

    /// Notes whether the type that the settings give a format has been of use.
    fn note_use_of_format(&mut self, ty: JsonType<'_>, format: &str) {
        if let Some(path) = self.config.formats.get(format) {
            let is_of_use = self.described.formats.entry(format.to_owned()).or_default();
            *is_of_use |= can_be(path, ty);
        }
    }

    /// Reports a format without a meaning that is nearly one with a type of its own.
    fn note_misspelt_format(&mut self, conjunction: &Conjunction<'d>, ty: JsonType<'_>, format: &str) {
        if format.is_empty() || self.config.formats.contains_key(format) {
            return;
        }
        let is_typed = |format: &str| self.primitive(ty, format) != self.primitive(ty, "");
        if is_typed(format) {
            return;
        }
        let Some(meant) = FORMATS
            .into_iter()
            .find(|known| is_typed(known) && is_nearly(format, known))
        else {
            return;
        };
        let mut arms = conjunction.arms.iter().rev();
        let Some(arm) = arms.find(|arm| arm.keywords.format() == Some(format)) else {
            return;
        };
        let place = arm.pointer.child("format");
        let message = format!("`{format}` is no format that is known; the value has the type of one without a format");
        self.report_mistaken(Code::MisspeltFormat, &place, message, Some(meant));
    }

    /// The integer type that has room for what the bounds permit, as far as there is one.
    fn integer(&mut self, conjunction: &Conjunction<'d>) -> Primitive {
        let bounds = |names: [&'static str; 2]| {
            let arms = conjunction.arms.iter();
            arms.flat_map(move |arm| {
                names.map(|name| (arm.keywords.get(name).and_then(bound), arm.pointer.child(name)))
            })
        };
        let is_natural = bounds(["minimum", "exclusiveMinimum"]).any(|(least, _)| least.is_some_and(|it| it >= 0));
        let mut primitive = Primitive::Int64;
        let all = bounds(["maximum", "exclusiveMaximum"]).chain(bounds(["minimum", "exclusiveMinimum"]));
        for (bound, place) in all {
            let Some(bound) = bound.filter(|bound| i64::try_from(*bound).is_err()) else {
                continue;
            };
            if is_natural && u64::try_from(bound).is_ok() {
                primitive = Primitive::UInt64;
                continue;
            }
            let message = "permits integers that 64 bits do not hold; one that comes is an error";
            self.report(Code::UnsupportedSchema, &place, message);
        }
        primitive
    }

    /// The scalar for a type and a format; `None` where the type is none of a scalar. A format that nobody knows, and
    /// one that has no meaning inside JSON, keeps its base type.
    pub(super) fn primitive(&self, ty: JsonType<'_>, format: &str) -> Option<Primitive> {
        let base = match ty {
            JsonType::Boolean => Primitive::Boolean,
            JsonType::Integer => Primitive::Int64,
            JsonType::Number => Primitive::Double,
            JsonType::String | JsonType::Other("file") => Primitive::String,
            JsonType::Array | JsonType::Object | JsonType::Null | JsonType::Other(_) => return None,
        };
        if let Some(setting) = self.config.formats.get(format) {
            match setting.as_str() {
                "string" => return Some(base),
                "jiff" => {}
                path if !can_be(path, ty) => {}
                path => {
                    return Some(Primitive::Custom {
                        format: format.to_owned(),
                        path: path.to_owned(),
                    });
                }
            }
        }
        Some(match (ty, format) {
            (JsonType::Integer, "int8" | "int16" | "int32") => Primitive::Int32,
            (JsonType::Integer, "uint8" | "uint16" | "uint32") => Primitive::UInt32,
            (JsonType::Integer, "uint64") => Primitive::UInt64,
            (JsonType::Number, "float") => Primitive::Float,
            (JsonType::String, "date-time") => Primitive::DateTime,
            (JsonType::String, "date-time-local") => Primitive::LocalDateTime,
            (JsonType::String, "date") => Primitive::Date,
            (JsonType::String, "time") => Primitive::Time,
            (JsonType::String, "uuid") => Primitive::Uuid,
            (JsonType::String, "byte" | "base64") => Primitive::Byte,
            (JsonType::String, "base64url") => Primitive::ByteUrl,
            _ => base,
        })
    }
}

/// The formats that may have a type of their own.
const FORMATS: [&str; 15] = [
    "date-time",
    "date-time-local",
    "date",
    "time",
    "uuid",
    "byte",
    "base64",
    "base64url",
    "float",
    "int32",
    "uint32",
    "uint64",
    "int16",
    "int8",
    "uint8",
];

/// Whether a format is another one but for case and marks, or, where it is no short word, for one letter.
fn is_nearly(format: &str, known: &str) -> bool {
    let bare = |text: &str| {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.collect::<String>().to_ascii_lowercase()
    };
    let (format, known) = (bare(format), bare(known));
    let is_word = |text: &str| !text.contains(|letter: char| letter.is_ascii_digit());
    format == known
        || (is_word(&known) && is_word(&format) && known.len() > 4 && strsim::osa_distance(&format, &known) == 1)
}

/// Whether a type of Rust's own reads values of `ty`. Nothing is known of others.
fn can_be(path: &str, ty: JsonType<'_>) -> bool {
    match path {
        "f32" | "f64" | "i8" | "i16" | "i32" | "i64" | "i128" | "u8" | "u16" | "u32" | "u64" | "u128" | "isize"
        | "usize" => matches!(ty, JsonType::Integer | JsonType::Number),
        "bool" => ty == JsonType::Boolean,
        "char" | "String" | "::std::string::String" => ty == JsonType::String,
        _ => true,
    }
}

/// A bound as an integer: the largest or smallest there is where it is beyond them.
fn bound(value: &Value) -> Option<i128> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is beyond is the largest or smallest"
    )]
    text.parse()
        .ok()
        .or_else(|| text.parse::<f64>().ok().map(|float| float as i128))
}

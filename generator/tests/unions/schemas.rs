//! A seed in, a document with unions of all kinds out.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// The names of members; few, so that arms have some in common.
const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// The name of a union.
pub(crate) fn name(index: usize) -> String {
    format!("Union{index}")
}

pub(crate) fn document(unions: usize, seed: u64) -> Value {
    let mut making = Making {
        random: Random(seed),
        components: Map::new(),
        made: 0,
    };
    for index in 0..unions {
        let union = making.union(&name(index), 2);
        making.components.insert(name(index), union);
        making.made = index + 1;
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Unions", "version": "1" },
        "paths": {},
        "components": { "schemas": making.components },
    })
}

struct Making {
    random: Random,
    components: Map<String, Value>,
    /// How many unions there are by now.
    made: usize,
}

impl Making {
    fn union(&mut self, name: &str, depth: usize) -> Value {
        let count = 2 + self.random.below(3);
        let keyword = self.random.one(&["oneOf", "anyOf"]);
        match self.random.below(10) {
            // By a discriminator, with a mapping or by the names of schemas.
            0..3 => {
                let is_mapped = self.random.chance(50);
                let mut mapping = Map::new();
                let mut arms = Vec::new();
                for index in 0..count {
                    let arm = format!("{name}Arm{index}");
                    let object = self.object(depth, Some(json!({ "type": "string" })));
                    self.components.insert(arm.clone(), object);
                    let place = format!("#/components/schemas/{arm}");
                    if is_mapped {
                        mapping.insert(format!("tag {index}"), json!(place));
                    }
                    arms.push(json!({ "$ref": place }));
                }
                let mut discriminator = json!({ "propertyName": "kind" });
                if is_mapped {
                    discriminator["mapping"] = mapping.into();
                }
                json!({ keyword: arms, "discriminator": discriminator })
            }
            // By a member of one value, which is not always required.
            3..5 => {
                let is_number = self.random.chance(30);
                let arms = (0..count).map(|index| {
                    let kind = if is_number {
                        json!({ "type": "integer", "enum": [index] })
                    } else {
                        json!({ "type": "string", "enum": [format!("kind {index}")] })
                    };
                    self.object(depth, Some(kind))
                });
                json!({ keyword: arms.collect::<Vec<_>>() })
            }
            _ => {
                let arms: Vec<Value> = (0..count).map(|_| self.arm(depth)).collect();
                json!({ keyword: arms })
            }
        }
    }

    /// A schema that may be an arm.
    fn arm(&mut self, depth: usize) -> Value {
        match self.random.below(10) {
            0..5 if depth > 0 => self.object(depth, None),
            5 if self.made > 0 => self.earlier(),
            _ => self.schema(depth),
        }
    }

    fn earlier(&mut self) -> Value {
        let index = self.random.below(self.made);
        json!({ "$ref": format!("#/components/schemas/{}", name(index)) })
    }

    fn schema(&mut self, depth: usize) -> Value {
        let Some(below) = depth.checked_sub(1) else {
            return self.scalar();
        };
        match self.random.below(12) {
            0 => self.object(below, None),
            1 => json!({ "type": "array", "items": self.schema(below) }),
            2 => json!({ "type": "object", "additionalProperties": self.schema(below) }),
            3 if self.made > 0 => self.earlier(),
            4 => json!({ "type": "object" }),
            5 => json!({}),
            _ => self.scalar(),
        }
    }

    fn scalar(&mut self) -> Value {
        let scalars = [
            json!({ "type": "string" }),
            json!({ "type": "string", "format": "date-time" }),
            json!({ "type": "string", "format": "date" }),
            json!({ "type": "string", "format": "uuid" }),
            json!({ "type": "string", "format": "byte" }),
            json!({ "type": "string", "enum": ["on", "off", "1"] }),
            json!({ "type": "integer" }),
            json!({ "type": "integer", "format": "int32" }),
            json!({ "type": "integer", "enum": [1, 2] }),
            json!({ "type": "number" }),
            json!({ "type": "number", "format": "float" }),
            json!({ "type": "number", "enum": [1, 2.5] }),
            json!({ "type": "boolean" }),
            json!({ "enum": ["1", 1] }),
        ];
        self.random.one(&scalars)
    }

    fn object(&mut self, depth: usize, kind: Option<Value>) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        if let Some(kind) = kind {
            if self.random.chance(85) || kind.get("enum").is_none() {
                required.push("kind");
            }
            properties.insert("kind".to_owned(), kind);
        }
        for _ in 0..self.random.below(5) {
            let member = self.random.one(&NAMES);
            let mut schema = self.schema(depth.saturating_sub(1));
            if self.random.chance(20) && schema.get("type").is_some() && schema.get("enum").is_none() {
                schema["nullable"] = json!(true);
            }
            properties.insert(member.to_owned(), schema);
            if self.random.chance(50) && !required.contains(&member) {
                required.push(member);
            }
        }
        let mut object = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        match self.random.below(10) {
            0..4 => object["additionalProperties"] = json!(false),
            4 => object["additionalProperties"] = self.scalar(),
            _ => {}
        }
        object
    }
}

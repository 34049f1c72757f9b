// A file of schemas, a seed and a number in; so many different valid instances of each out: its position, a tab and JSON a
// line, or behind `!` why there are none.
import { readFileSync, writeSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { createGeneratorSync } from "json-schema-faker";

const [file, seed, number] = process.argv.slice(2);
const { $defs, positions } = JSON.parse(readFileSync(file, "utf8"));

const ajv = addFormats(new Ajv({ strict: false, logger: false }));
ajv.addSchema({ $id: "all", $defs });

/** Texts may be long, and those that are made are as long as they may be. */
const shorter = JSON.parse(JSON.stringify($defs), (_, schema) => {
  if (typeof schema?.maxLength === "number") {
    schema.maxLength = Math.min(schema.maxLength, (schema.minLength ?? 0) + 20);
  }
  return schema;
});

/** Fewer optional members where there are too many for an end, more where there is little to see. */
const WAYS = [0.5, 0.9, 0.2, 0].map((optionalsProbability) => ({ optionalsProbability, maxItems: 3, refDepthMax: 4 }));
const FORMATS = {
  byte: (random) => Buffer.from(String(random.next())).toString("base64"),
  base64url: (random) => Buffer.from(String(random.next())).toString("base64url"),
  url: (random) => `https://vendor.test/${random.int(0, 1000)}`,
  date: (random) => new Date(random.int(0, 4_000_000) * 1_000_000).toISOString().slice(0, 10),
};

/** What 32 bits hold, where there is a `float`, which is of single precision: it may say so anywhere around a number. */
const hasFloats = JSON.stringify($defs).includes('"format":"float"');
function outputTransform(value) {
  return hasFloats && typeof value === "number" ? Number(value.toPrecision(6)) : value;
}

/** What schemas refer to, by their names: the generator takes longer the more it is given. */
const references = Object.fromEntries(
  Object.entries(shorter).map(([name, schema]) => {
    const found = JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([a-z]+\d+)/g);
    return [name, new Set([...found].map(([, other]) => other))];
  }),
);
function needed(name) {
  const names = new Set([name]);
  // What is added while it goes on is met as well.
  for (const one of names) for (const other of references[one] ?? []) names.add(other);
  return Object.fromEntries([...names].map((one) => [one, shorter[one]]));
}

/** An instance of more characters shows nothing that others do not. */
const LONGEST = 20_000;

/** At most so many are made in vain for each that is wanted. */
const PATIENCE = 3;

function* instances(position) {
  const validate = ajv.getSchema(`all#/$defs/s${position}`);
  const $defs = needed(`s${position}`);
  const made = new Set();
  let why = "nothing was made";
  for (let attempt = 0; attempt < number * PATIENCE && made.size < number; attempt++) {
    try {
      const options = { ...WAYS[attempt % WAYS.length], formats: FORMATS, outputTransform, seed: Number(seed) * 100_003 + attempt };
      const instance = createGeneratorSync(options).generate({ $ref: `#/$defs/s${position}`, $defs });
      const text = JSON.stringify(instance);
      if (text?.length > LONGEST) {
        why = "it is too long";
      } else if (!validate(instance)) {
        why = ajv.errorsText(validate.errors);
      } else if (!made.has(text)) {
        made.add(text);
        yield text;
      }
    } catch (error) {
      why = error.message;
    }
  }
  if (made.size === 0) throw new Error(why);
}

for (let position = 0; position < positions; position++) {
  let lines = "";
  try {
    for (const text of instances(position)) lines += `${position}\t${text}\n`;
  } catch (error) {
    lines = `${position}\t!${String(error.message).replace(/\s+/g, " ").slice(0, 160)}\n`;
  }
  writeSync(1, lines);
}

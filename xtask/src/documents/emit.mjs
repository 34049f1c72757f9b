// The folder of TypeSpec's services, a folder and OpenAPI versions in; FOLDER/VERSION/SERVICE/*.yaml out.
import { cpSync, existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { compile, NodeHost } from "@typespec/compiler";

const [specs, out, ...versions] = process.argv.slice(2);

/** Every `main.tsp`, one a service. */
function services(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (name === "main.tsp") return [path];
      return statSync(path).isDirectory() ? services(path) : [];
    });
}

for (const main of services(resolve(specs))) {
  const folder = join(main, "..");
  const emitted = join(folder, "emitted");
  const program = await compile(NodeHost, main, {
    emit: ["@typespec/openapi3"],
    options: { "@typespec/openapi3": { "emitter-output-dir": emitted, "openapi-versions": versions } },
  });
  const error = program.diagnostics.find((diagnostic) => diagnostic.severity === "error");
  if (error) {
    // What OpenAPI has no words for is told and left out.
    console.log(`${relative(resolve(specs), folder)}: ${error.message}`);
    continue;
  }
  for (const version of versions) {
    // Of one version alone the emitter makes no folder.
    const from = versions.length === 1 ? emitted : join(emitted, version);
    if (existsSync(from)) cpSync(from, join(out, version, relative(resolve(specs), folder)), { recursive: true });
  }
}

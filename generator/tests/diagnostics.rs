//! The table of codes and one example for each in, the page about them out: `docs/diagnostics.md` is what the generator
//! says today.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{collections::BTreeSet, fs, path::Path};

use generator::{
    Config, Diagnostic, Input, Refusal, Source, Sources,
    config::Settings,
    diagnostics::{Code, Severity, render},
    generate,
    input::NoFiles,
    ir::Pointer,
};

const UPDATE: &str = "UPDATE_DOCS=1 cargo test --package openapi-crate-generator --test diagnostics";

#[test]
fn the_page_says_what_the_generator_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let sections = Code::ALL.iter().map(|code| section(*code, &folder.join("diagnostics")));
    let page = format!("{}{}", head(), sections.collect::<String>());
    let path = folder.join("diagnostics.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "{} is out of date; to write it anew: {UPDATE}",
        path.display()
    );
}

#[test]
fn every_example_is_of_a_code() {
    let codes: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    for file in fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        let stem = file.file_stem().unwrap().to_str().unwrap();
        assert!(codes.contains(stem), "{} is the example of nothing", file.display());
    }
}

/// A large document gives rise to hundreds of notes; what is lost is drawn whole however often.
#[test]
fn notes_are_drawn_whole_three_times() {
    let paths = (1..=5).map(|number| format!("  /n{number}: {{get: {{responses: {{'204': {{description: d}}}}}}}}\n"));
    let lost = (1..=5).map(|number| format!("    S{number}: {{type: strng}}\n"));
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n{}components:\n  schemas:\n{}",
        paths.collect::<String>(),
        lost.collect::<String>(),
    );
    let drawn = render(&about_document(&text), &Sources::of("pets.yaml", text), false);
    let said = |what: &str| drawn.matches(what).count();
    let places = (
        said("note[derived-operation-id]"),
        said("~1n3/get`"),
        said("~1n4/get`"),
        said("--> pets.yaml:7:14"),
    );
    assert_eq!(places, (5, 1, 0, 1), "{drawn}");
    assert_eq!(said("at `/components/schemas/S"), 5, "{drawn}");
}

/// What a hint says to do is done, and what it was about is said no more.
#[test]
fn what_was_meant_mends_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let examples = fs::read_dir(folder).unwrap().map(|file| {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    let more = MEANT
        .iter()
        .map(|(name, text)| ((*name).to_owned(), format!("{HEAD}{text}")));
    let mut mended = BTreeSet::new();
    for (name, text) in examples.chain(more) {
        let said = |text: &str| match (text.contains("[targets."), text.starts_with("overlay:")) {
            (true, _) => about_settings(text),
            (false, true) => about_overlay(text),
            (false, false) => about_document(text),
        };
        for diagnostic in said(&text) {
            let Some((wrong, right)) = meant(&diagnostic) else {
                continue;
            };
            let location = diagnostic.location.unwrap();
            let start: usize = text.split_inclusive('\n').take(location.line - 1).map(str::len).sum();
            let (before, after) = text.split_at(start);
            let new = format!("{before}{}", after.replacen(&wrong, &right, 1));
            let still = said(&new).into_iter().any(|other| other.message == diagnostic.message);
            assert!(
                new != text && !still,
                "{name}: {} with {right}:\n{new}",
                diagnostic.message
            );
            mended.insert(name.clone());
        }
    }
    assert!(
        MEANT.iter().all(|(name, _)| mended.contains(*name)) && mended.len() > MEANT.len() + 4,
        "only these say what was meant: {mended:?}"
    );
}

/// What is wrong, and what was meant.
fn meant(diagnostic: &Diagnostic) -> Option<(String, String)> {
    let (_, right) = diagnostic.hint.as_ref()?.split_once("did you mean `")?;
    let (right, _) = right.split_once('`')?;
    let text = diagnostic.message.split_once("not the text \"");
    let wrong = match text {
        Some((_, text)) => text.split('"').next()?,
        None => diagnostic.message.split('`').nth(1)?,
    };
    Some((wrong.to_owned(), right.to_owned()))
}

const HEAD: &str = "openapi: 3.1.1\ninfo: {title: Pets, version: '1'}\n";

/// More that is nearly something, a place each.
const MEANT: [(&str, &str); 6] = [
    (
        "a response",
        "paths: {/a: {get: {operationId: a, responses: {'200': {$ref: '#/components/responses/Okey'}}}}}\n\
         components: {responses: {Okay: {description: d}}}\n",
    ),
    (
        "a parameter",
        "paths: {/a: {get: {operationId: a, parameters: [{$ref: '#/components/parameters/Limt'}], responses: {}}}}\n\
         components: {parameters: {Limit: {name: limit, in: query, schema: {type: string}}}}\n",
    ),
    (
        "a security scheme",
        "security: [{oauth3: []}]\npaths: {/a: {get: {operationId: a, responses: {}}}}\n\
         components: {securitySchemes: {oauth2: {type: http, scheme: bearer}}}\n",
    ),
    (
        "a server variable",
        "servers: [{url: 'https://{regon}.vendor.test', variables: {region: {default: eu}}}]\n",
    ),
    (
        "a member of an extension",
        "paths:\n  /a:\n    get:\n      operationId: a\n      responses: {}\n      x-rejected:\n        - staus: 429\n",
    ),
    ("an extension", "x-rejectd: [429]\n"),
];

fn head() -> String {
    format!(
        "# Diagnostics\n\n\
         Everything that the generator says about a document has a code, a place and, where something can be done, a hint.\n\
         This page is written by a test from the table of codes and the examples in `diagnostics/`: `{UPDATE}`.\n\n\
         | severity | what is lost |\n|---|---|\n\
         | refused | Everything: nothing is generated. |\n\
         | skipped | A part, such as an operation, is left out. |\n\
         | degraded | A part has a wider type than described, or lacks one of its facts. |\n\
         | note | Nothing. |\n"
    )
}

fn section(code: Code, folder: &Path) -> String {
    let name = code.as_str();
    let severity = match code.severity() {
        Severity::Refused => "refused",
        Severity::Skipped => "skipped",
        Severity::Degraded => "degraded",
        Severity::Note => "note",
    };
    let toml = folder.join(format!("{name}.toml"));
    let (language, example) = if let Ok(text) = fs::read_to_string(&toml) {
        ("toml", text)
    } else {
        let yaml = folder.join(format!("{name}.yaml"));
        let wanted = format!(
            "`{name}` wants an example: the smallest document of which it is said, in {}",
            yaml.display()
        );
        ("yaml", fs::read_to_string(&yaml).expect(&wanted))
    };
    let (file, said) = match (language, example.starts_with("overlay:")) {
        ("toml", _) => ("codegen.toml", about_settings(&example)),
        (_, true) => ("overlay.yaml", about_overlay(&example)),
        (_, false) => ("pets.yaml", about_document(&example)),
    };
    let meant: Vec<_> = said.iter().filter(|diagnostic| diagnostic.code == code).collect();
    assert!(
        !meant.is_empty(),
        "the example of `{name}` makes the generator say {said:#?}"
    );
    let meant = meant.into_iter().map(|diagnostic| Diagnostic {
        pointer: diagnostic
            .pointer
            .tokens()
            .fold(Pointer::root(), |place, token| place.child(token)),
        ..diagnostic.clone()
    });
    let meant: Vec<_> = meant.collect();
    let drawn = render(&meant, &Sources::of(file, example.as_str()), false);
    format!(
        "\n## `{name}`\n\n*{severity}.* {}\n\n{}\n\n```{language}\n{}\n```\n\n```text\n{}\n```\n",
        code.explanation().lines().map(str::trim).collect::<Vec<_>>().join("\n"),
        code.remedy(),
        example.trim_end(),
        drawn.trim_end()
    )
}

fn about_document(text: &str) -> Vec<Diagnostic> {
    match generate(
        &Source {
            name: "pets.yaml",
            bytes: text.as_bytes(),
        },
        &Config::default(),
    ) {
        Ok(generated) => generated.diagnostics.iter().cloned().collect(),
        Err(Refusal { problems, .. }) => problems,
    }
}

/// What is said when an overlay is laid over a document of one path.
fn about_overlay(text: &str) -> Vec<Diagnostic> {
    let overlays = [Source {
        name: "overlay.yaml",
        bytes: text.as_bytes(),
    }];
    let input = Input {
        source: Source {
            name: "pets.yaml",
            bytes: b"openapi: 3.1.1\ninfo: {title: Pets, version: '1'}\npaths: {/pets: {}}\n",
        },
        files: &NoFiles,
        overlays: &overlays,
        earlier: None,
    };
    match generate(input, &Config::default()) {
        Ok(generated) => generated.diagnostics.iter().cloned().collect(),
        Err(Refusal { problems, .. }) => problems,
    }
}

fn about_settings(text: &str) -> Vec<Diagnostic> {
    const PETS: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n\
                        components: {schemas: {Pet: {type: string}}}\n";
    let settings = match Settings::read(&Source {
        name: "codegen.toml",
        bytes: text.as_bytes(),
    }) {
        Ok(settings) => settings,
        Err(Refusal { problems, .. }) => return problems,
    };
    let mut said = Vec::new();
    for (name, target) in &settings.targets {
        let source = Source {
            name: "pets.yaml",
            bytes: PETS.as_bytes(),
        };
        for mut unmatched in generate(&source, &target.config).unwrap().unmatched {
            unmatched.location = settings.place(name, &unmatched.pointer);
            said.push(unmatched);
        }
    }
    said
}

//! The README's program is the example `create`, which is compiled with the tests.

#[test]
fn the_readme_shows_the_example() {
    let readme = include_str!("../../README.md");
    let example = include_str!("../examples/create.rs");
    let (_, program) = example.split_once("\n\n").expect("a line of documentation comes first");
    assert!(readme.contains(program), "README.md and examples/create.rs differ");
}

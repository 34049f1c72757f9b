//! What web frameworks say of servers in, clients that call every operation of the running server out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod workshop;

#[test]
fn show() {
    std::fs::write("/tmp/w/scratch/workshop.json", workshop::document()).unwrap();
    let _ = workshop::router();
}

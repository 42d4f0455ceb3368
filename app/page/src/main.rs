//! Mounts the page.

fn main() {
    compute_loop::mount();
}

//! What opens over the page.

/// What lies over the page: what it is, the selector of what opens it, and of what is there
/// once it is open.
pub const OVER: [(&str, &str, &str); 6] = [
    (
        "all beliefs",
        "#all-beliefs",
        ".drawer:not([hidden]) .lever",
    ),
    (
        "sharing",
        "#share",
        "dialog[open] .sharing, dialog[open].sharing",
    ),
    (
        "a fact",
        "#chapter-1 > p:not(.answer) .fact",
        "dialog[open] .amount",
    ),
    (
        "a source",
        "#chapter-1 .document",
        "dialog[open] h3, dialog[open] .statement",
    ),
    (
        "a figure’s way",
        "#chapter-1 .down, .opening .down",
        "dialog[open]",
    ),
    ("a quote", ".opening .quote-button", "dialog[open] .quote"),
];

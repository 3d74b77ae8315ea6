//! The journeys, one file a story, and the tests that hold the whole house to its rules.

mod recorded_pages;

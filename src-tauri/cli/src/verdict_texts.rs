//! What is said of a form's fields, without what only a screen needs of it.

use std::collections::BTreeMap;

use trustdesk_domain::Message;

/// The English sentences by field.
pub(crate) fn texts(messages: BTreeMap<String, Vec<Message>>) -> BTreeMap<String, Vec<String>> {
    let text = |messages: Vec<Message>| messages.into_iter().map(|message| message.text).collect();
    messages.into_iter().map(|(field, messages)| (field, text(messages))).collect()
}

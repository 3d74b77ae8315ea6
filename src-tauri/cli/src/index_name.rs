//! How an index is named on the command line.

use std::str::FromStr;

use trustdesk_core::store::{self, Store};
use trustdesk_domain::{Index, InvalidIndex};

use crate::failure::Failure;

/// `pypi`, `testpypi`, `demo` or an address.
#[derive(Clone, Debug)]
pub(crate) enum IndexName {
    At(Index),
    /// The demo index, wherever it listened when it was last opened with this data folder.
    Demo,
}

impl FromStr for IndexName {
    type Err = InvalidIndex;

    fn from_str(name: &str) -> Result<Self, InvalidIndex> {
        let known = match name {
            "demo" => return Ok(Self::Demo),
            "pypi" => Index::pypi(),
            "testpypi" => Index::testpypi(),
            _ => None,
        };
        known.map_or_else(|| Index::other(name), Ok).map(Self::At)
    }
}

impl IndexName {
    /// The index of this name.
    pub(crate) async fn find(&self, store: &Store) -> Result<Index, Failure> {
        if let Self::At(index) = self {
            return Ok(index.clone());
        }
        for known in store.indexes().await? {
            match known {
                Ok(index) if index.is_demo() => return Ok(index),
                Err(store::Error::WrongAddress { key, address, source }) if key.is_demo() => {
                    return Err(store::Error::WrongAddress { key, address, source }.into());
                }
                Ok(_) | Err(_) => {}
            }
        }
        Err(Failure::wrong_use(
            "the demo index was not opened with this data folder yet: start one with \
             `trustdesk-cli demo` and name its address, as in --index http://127.0.0.1:8035",
        ))
    }
}

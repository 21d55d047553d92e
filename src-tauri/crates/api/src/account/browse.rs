//! Looking around in a directory, to choose the scope of a mapping.

use crate::host::Host;
use connector_model::{BrowseQuery, Code, Error, FoundPerson, Node, PeopleSearch, Result};

impl Host {
    /// Base DNs of an account, which may be left out while there is only one.
    pub async fn browse_bases(&self, account: Option<&str>) -> Result<Vec<Node>> {
        self.engine().bases(account).await
    }

    /// Organizational units, one level or by name.
    pub async fn browse_units(
        &self,
        account: Option<&str>,
        query: &BrowseQuery,
    ) -> Result<Vec<Node>> {
        self.engine().units(account, query).await.map_err(gone_is_input)
    }

    /// Groups, below a node or by name.
    pub async fn browse_groups(
        &self,
        account: Option<&str>,
        query: &BrowseQuery,
    ) -> Result<Vec<Node>> {
        self.engine().groups(account, query).await.map_err(gone_is_input)
    }

    /// People by a part of their name, or by identity, to be named in a mapping.
    pub async fn browse_people(
        &self,
        account: Option<&str>,
        query: &PeopleSearch,
    ) -> Result<Vec<FoundPerson>> {
        self.engine().search_people(account, query).await.map_err(gone_is_input)
    }
}

fn gone_is_input(error: Error) -> Error {
    if error.code == Code::BaseNotFound {
        error.with_action("Browse from a base DN that the directory offers.")
    } else {
        error
    }
}

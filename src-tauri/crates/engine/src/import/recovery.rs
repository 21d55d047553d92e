//! After the loss of the database: everybody is read back from the cloud once, so that who left the directory meanwhile is
//! noticed, whatever kind of cloud it is.

use crate::blocking::blocking;
use crate::engine::Engine;
use crate::ports::Event;
use crate::state::assignment::ImportOwner;
use crate::state::records::{Alert, AlertKind};
use connector_model::{CloudUser, Code, Error, Mapping, Result};
use tokio::sync::mpsc;

impl Engine {
    /// Reads everybody back, once after a loss. Where the cloud assigns imports, whoever takes one over learns its people anyway.
    pub(crate) async fn read_back(&self, mapping: &Mapping) -> Result<()> {
        let _alone = self.shared.imports.catching_up.lock().await;
        let store = self.shared.store.clone();
        let pending = store.loss()?.is_some_and(|loss| !loss.read_back);
        if !pending || self.import_owner(mapping) != ImportOwner::Free {
            return Ok(());
        }
        let (settings, ports) = self.config();
        let delivery = ports.delivery.ok_or_else(|| Error::of(Code::NotRegistered))?;
        let now_ms = ports.clock.now_ms();
        let (pages, mut people) = mpsc::channel::<Vec<CloudUser>>(2);
        // Where there is one mapping everybody is of it; else who says so, and the others are claimed by whoever reads them.
        let only = match &settings.mappings[..] {
            [one] => (one.account.clone(), one.name.clone()),
            _ => Default::default(),
        };
        let keeping = blocking(move || {
            store.begin_cloud_snapshot()?;
            while let Some(page) = people.blocking_recv() {
                for user in page {
                    let of = match (&user.account, &user.mapping) {
                        (Some(account), Some(mapping)) => (account.clone(), mapping.clone()),
                        _ => only.clone(),
                    };
                    store.add_to_cloud_snapshot((&of.0, &of.1), &[user], now_ms)?;
                }
            }
            Ok(store)
        });
        let (read, kept) = tokio::join!(delivery.everybody(pages), keeping);
        let store = kept?;
        read?;
        blocking(move || store.take_read_back()).await?;
        tracing::info!("everybody was read back from the cloud");
        Ok(())
    }

    /// After an import: once every mapping was imported since the loss, it is made good.
    pub(crate) fn settle_loss(&self) -> Result<()> {
        let Some(loss) = self.shared.store.loss()? else { return Ok(()) };
        let (settings, _) = self.config();
        for mapping in &settings.mappings {
            let last = self.shared.store.last_import(&mapping.name)?;
            let since = last.is_some_and(|last| {
                last.started_ms >= loss.at_ms && last.complete && last.error.is_none()
            });
            if !since {
                return Ok(());
            }
        }
        let Some(last) = settings.mappings.last() else { return Ok(()) };
        self.shared.store.settle_loss((&last.account, &last.name))?;
        let over = Event::AlertCleared { kind: AlertKind::DatabaseLost, account: None };
        let _ = self.shared.events.try_send(over);
        Ok(())
    }

    /// The alert of a loss that is not made good yet.
    pub(crate) fn loss_alert(&self) -> Option<Alert> {
        let loss = self.shared.store.loss().ok().flatten()?;
        let code = Code::DatabaseLost;
        let message = match loss.kept {
            Some(kept) => format!("connector.db was damaged. It is kept as {kept}."),
            None => "connector.db is gone, although people were imported here before.".to_owned(),
        };
        Some(Alert {
            kind: AlertKind::DatabaseLost,
            account: None,
            since_ms: loss.at_ms,
            code,
            message,
            action: code.action().to_owned(),
        })
    }
}

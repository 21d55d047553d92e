//! The Windows service manager. The service runs as a virtual account of its own (`NT SERVICE\inSyncConnector`): its secrets
//! are in the Credential Manager of that account, which no other service or person has.

use super::{ServiceStatus, failed, prove, system};
use crate::Home;
use crate::atomic::storage_failed;
use crate::rights::{self, ADMINISTRATORS, SYSTEM};
use connector_model::{Code, Error, Result, io_reason};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use windows_service::service::{
    Service, ServiceAccess, ServiceAction, ServiceActionType, ServiceControl, ServiceControlAccept,
    ServiceErrorControl, ServiceExitCode, ServiceFailureActions, ServiceFailureResetPeriod,
    ServiceInfo, ServiceStartType, ServiceState, ServiceStatus as Reported, ServiceType,
};
use windows_service::service_control_handler::{
    self, ServiceControlHandlerResult, ServiceStatusHandle,
};
use windows_service::service_manager::{ServiceManager, ServiceManagerAccess};
use windows_service::{define_windows_service, service_dispatcher};

const NAME: &str = "inSyncConnector";
/// Installs updates that the engine may not install itself; an account for that has to be the system's own.
pub(crate) const UPDATER: &str = "inSyncConnectorUpdate";
const UPDATER_TITLE: &str = "inSync Connector Update";
const UPDATER_TEXT: &str = "Installs updates of inSync Connector that are signed by its makers and approved by an administrator.";
const ACCOUNT: &str = "NT SERVICE\\inSyncConnector";
const TITLE: &str = "inSync Connector";
const TEXT: &str =
    "Connects Active Directory or LDAP to inSync Cloud, over outbound connections only.";
/// Time for the engine to finish what is under way, and a little more.
const END: Duration = Duration::from_secs(20);

const ACCESS_DENIED: i32 = 5;
const DOES_NOT_EXIST: i32 = 1060;

pub(super) fn install() -> Result<()> {
    let manager = manager(ServiceManagerAccess::CONNECT | ServiceManagerAccess::CREATE_SERVICE)?;
    let program = std::env::current_exe()
        .map_err(|e| failed(format!("Where this program is cannot be told: {}.", io_reason(&e))))?;
    let home = Home::locate(crate::home::service_folder())?;
    std::fs::create_dir_all(home.root()).map_err(|e| storage_failed("create", home.root(), &e))?;
    let info = ServiceInfo {
        name: NAME.into(),
        display_name: TITLE.into(),
        service_type: ServiceType::OWN_PROCESS,
        start_type: ServiceStartType::AutoStart,
        error_control: ServiceErrorControl::Normal,
        executable_path: program.clone(),
        // A service's environment is not that of who installs it.
        launch_arguments: vec![
            "--home".into(),
            home.root().into(),
            "run".into(),
            "--as-service".into(),
        ],
        dependencies: vec![],
        account_name: Some(ACCOUNT.into()),
        account_password: None,
    };
    let service = put(&manager, &info)?;
    service.set_description(TEXT).map_err(|e| explain(&e))?;
    // After what a machine needs first.
    wished("a delayed start", service.set_delayed_auto_start(true));
    restart_after_failures(&service)?;
    let identity = system("sc.exe", &["sidtype", NAME, "unrestricted"]);
    wished("an identity for access rights", identity.map_err(|e| e.message));
    // Closed to others before the first secret is in it.
    rights::leave_to(home.root(), &[SYSTEM, ADMINISTRATORS, ACCOUNT])?;
    Home::open(Some(home.root().to_owned()))?;
    launch(&service)?;
    // Only now: the one of the version before is told how this ended by the one that comes after it. This version has shown by
    // now that it runs, and the one before would refuse its home: it stays, if need be without updates.
    wished("updates", install_updater(&manager, program).map_err(|e| e.message));
    Ok(())
}

fn restart_after_failures(service: &Service) -> Result<()> {
    let again = |seconds| ServiceAction {
        action_type: ServiceActionType::Restart,
        delay: Duration::from_secs(seconds),
    };
    let actions = ServiceFailureActions {
        reset_period: ServiceFailureResetPeriod::After(Duration::from_hours(1)),
        reboot_msg: None,
        command: None,
        actions: Some(vec![again(5), again(30), again(300)]),
    };
    service.update_failure_actions(actions).map_err(|e| explain(&e))?;
    let any_failure = service.set_failure_actions_on_non_crash_failures(true);
    wished("a restart after an error that is no crash", any_failure);
    Ok(())
}

fn install_updater(manager: &ServiceManager, program: PathBuf) -> Result<()> {
    let info = ServiceInfo {
        name: UPDATER.into(),
        display_name: UPDATER_TITLE.into(),
        service_type: ServiceType::OWN_PROCESS,
        start_type: ServiceStartType::AutoStart,
        error_control: ServiceErrorControl::Normal,
        executable_path: program,
        launch_arguments: vec!["update".into(), "serve".into()],
        dependencies: vec![],
        account_name: None,
        account_password: None,
    };
    let service = put(manager, &info)?;
    service.set_description(UPDATER_TEXT).map_err(|e| explain(&e))?;
    wished("a delayed start", service.set_delayed_auto_start(true));
    restart_after_failures(&service)?;
    service.start::<&OsStr>(&[]).map_err(|e| explain(&e))?;
    wait_for(&service, ServiceState::Running)
}

/// Makes a service, or brings it up to date; it does not run then.
fn put(manager: &ServiceManager, info: &ServiceInfo) -> Result<Service> {
    let name = info.name.to_string_lossy();
    let Some(service) = open(manager, &name, ServiceAccess::ALL_ACCESS)? else {
        return manager.create_service(info, ServiceAccess::ALL_ACCESS).map_err(|e| explain(&e));
    };
    halt(&service)?;
    service.change_config(info).map_err(|e| explain(&e))?;
    Ok(service)
}

/// What makes a service better, and without which it runs as well: not every service manager knows it.
fn wished<T, E: std::fmt::Display>(what: &str, done: std::result::Result<T, E>) {
    if let Err(error) = done {
        tracing::warn!("the service goes without {what}: {error}");
    }
}

pub(super) fn uninstall() -> Result<()> {
    let manager = manager(ServiceManagerAccess::CONNECT)?;
    for name in [UPDATER, NAME] {
        if let Some(service) = open(&manager, name, ServiceAccess::ALL_ACCESS)? {
            halt(&service)?;
            service.delete().map_err(|e| explain(&e))?;
        }
    }
    Ok(())
}

/// The service has the computer's own account; settings and secrets stay, as the setup says.
#[allow(clippy::unnecessary_wraps, reason = "the same on every system")]
pub(super) fn leave() -> Result<Vec<String>> {
    Ok(vec![])
}

pub(super) fn start() -> Result<()> {
    launch(&must_open(ServiceAccess::START | ServiceAccess::QUERY_STATUS)?)
}

pub(super) fn stop() -> Result<()> {
    halt(&must_open(ServiceAccess::STOP | ServiceAccess::QUERY_STATUS)?)
}

pub(super) fn status() -> Result<ServiceStatus> {
    let manager = manager(ServiceManagerAccess::CONNECT)?;
    let access = ServiceAccess::QUERY_STATUS | ServiceAccess::QUERY_CONFIG;
    let Some(service) = open(&manager, NAME, access)? else {
        return Ok(ServiceStatus::default());
    };
    let config = service.query_config().map_err(|e| explain(&e))?;
    Ok(ServiceStatus {
        installed: true,
        running: state(&service)? == ServiceState::Running,
        starts: config.start_type == ServiceStartType::AutoStart,
        account: config.account_name.unwrap_or_default().to_string_lossy().into_owned(),
    })
}

fn manager(access: ServiceManagerAccess) -> Result<ServiceManager> {
    ServiceManager::local_computer(None::<&OsStr>, access).map_err(|e| explain(&e))
}

fn open(manager: &ServiceManager, name: &str, access: ServiceAccess) -> Result<Option<Service>> {
    match manager.open_service(name, access) {
        Ok(service) => Ok(Some(service)),
        Err(e) if os_code(&e) == Some(DOES_NOT_EXIST) => Ok(None),
        Err(e) => Err(explain(&e)),
    }
}

fn must_open(access: ServiceAccess) -> Result<Service> {
    let manager = manager(ServiceManagerAccess::CONNECT)?;
    open(&manager, NAME, access)?.ok_or_else(|| Error::of(Code::ServiceMissing))
}

fn launch(service: &Service) -> Result<()> {
    if state(service)? == ServiceState::Running {
        return Ok(());
    }
    service.start::<&OsStr>(&[]).map_err(|e| explain(&e))?;
    wait_for(service, ServiceState::Running)?;
    let home = Home::locate(crate::home::service_folder())?;
    prove(&home, || Ok(state(service)? == ServiceState::Running))
}

/// A service that is just starting, stopping or crashing takes no orders: it is told again, for a while.
fn halt(service: &Service) -> Result<()> {
    let begun = Instant::now();
    while state(service)? != ServiceState::Stopped {
        match service.stop() {
            Ok(_) => return wait_for(service, ServiceState::Stopped),
            Err(e) if os_code(&e) == Some(ACCESS_DENIED) || begun.elapsed() > END => {
                return Err(explain(&e));
            }
            Err(_) => std::thread::sleep(Duration::from_millis(100)),
        }
    }
    Ok(())
}

fn wait_for(service: &Service, wanted: ServiceState) -> Result<()> {
    let begun = Instant::now();
    loop {
        let now = state(service)?;
        if now == wanted {
            return Ok(());
        }
        let ended = now == ServiceState::Stopped && begun.elapsed() > Duration::from_secs(2);
        if ended || begun.elapsed() > END {
            return Err(failed(format!("The service is {now:?} instead of {wanted:?}."))
                .with_action("Check its log in the logs folder of the connector's home."));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn state(service: &Service) -> Result<ServiceState> {
    Ok(service.query_status().map_err(|e| explain(&e))?.current_state)
}

fn os_code(error: &windows_service::Error) -> Option<i32> {
    match error {
        windows_service::Error::Winapi(e) => e.raw_os_error(),
        _ => None,
    }
}

fn explain(error: &windows_service::Error) -> Error {
    if os_code(error) == Some(ACCESS_DENIED) {
        return Error::of(Code::ServiceForbidden)
            .with_action("Use a command prompt that was started as an administrator.");
    }
    let cause = match error {
        windows_service::Error::Winapi(e) => io_reason(e),
        other => other.to_string(),
    };
    failed(format!("The service manager refused: {cause}."))
}

/// What a service does: told when to stop, it returns after it has stopped.
type Work = Box<dyn FnOnce(CancellationToken) -> Result<()> + Send>;
static WORK: Mutex<Option<Work>> = Mutex::new(None);
static SERVED: Mutex<&str> = Mutex::new(NAME);
static HANDLE: Mutex<Option<ServiceStatusHandle>> = Mutex::new(None);

define_windows_service!(entry, service_main);

/// Runs as the service that the service manager has just started; returns when it has stopped.
pub fn run_as_service(
    work: impl FnOnce(CancellationToken) -> Result<()> + Send + 'static,
) -> Result<()> {
    run_as(NAME, work)
}

/// The same for a service of another name.
pub(crate) fn run_as(
    name: &'static str,
    work: impl FnOnce(CancellationToken) -> Result<()> + Send + 'static,
) -> Result<()> {
    *SERVED.lock().unwrap_or_else(PoisonError::into_inner) = name;
    *WORK.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(work));
    service_dispatcher::start(name, entry).map_err(|e| explain(&e))
}

fn service_main(_arguments: Vec<OsString>) {
    let Some(work) = WORK.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    let shutdown = CancellationToken::new();
    let stop = shutdown.clone();
    let handler = move |control| match control {
        ServiceControl::Stop | ServiceControl::Shutdown => {
            stop.cancel();
            ServiceControlHandlerResult::NoError
        }
        ServiceControl::Interrogate => ServiceControlHandlerResult::NoError,
        _ => ServiceControlHandlerResult::NotImplemented,
    };
    let name = *SERVED.lock().unwrap_or_else(PoisonError::into_inner);
    let Ok(handle) = service_control_handler::register(name, handler) else { return };
    *HANDLE.lock().unwrap_or_else(PoisonError::into_inner) = Some(handle);
    report(ServiceState::StartPending, ServiceExitCode::NO_ERROR);
    let end = match work(shutdown) {
        Ok(()) => ServiceExitCode::NO_ERROR,
        Err(error) => {
            tracing::error!(code = %error.code, "the service cannot run: {}", error.message);
            ServiceExitCode::ServiceSpecific(1)
        }
    };
    report(ServiceState::Stopped, end);
}

/// Whether the service manager has started this process.
pub(crate) fn is_service() -> bool {
    HANDLE.lock().unwrap_or_else(PoisonError::into_inner).is_some()
}

fn report(state: ServiceState, exit_code: ServiceExitCode) {
    let Some(handle) = *HANDLE.lock().unwrap_or_else(PoisonError::into_inner) else { return };
    let running = state == ServiceState::Running;
    let pending = matches!(state, ServiceState::StartPending | ServiceState::StopPending);
    let accepted = ServiceControlAccept::STOP | ServiceControlAccept::SHUTDOWN;
    let _ = handle.set_service_status(Reported {
        service_type: ServiceType::OWN_PROCESS,
        current_state: state,
        controls_accepted: if running { accepted } else { ServiceControlAccept::empty() },
        exit_code,
        checkpoint: 0,
        wait_hint: if pending { END } else { Duration::ZERO },
        process_id: None,
    });
}

/// Tells the service manager that the engine runs; nothing where it did not start it.
pub fn tell_ready() {
    report(ServiceState::Running, ServiceExitCode::NO_ERROR);
}

/// Tells the service manager that the engine finishes what is under way.
pub fn tell_stopping() {
    report(ServiceState::StopPending, ServiceExitCode::NO_ERROR);
}

// What the page may ask besides the use cases: what needs the window itself. build.rs reads this list too.
window_commands![
    cancel,
    close_preview,
    export_awaiting_people,
    export_import_people,
    export_journal,
    export_mappings,
    export_preview,
    export_settings,
    migrate,
    open_preview,
    preview_rows,
    quit,
    save_support_bundle,
    start_with,
    starts,
];

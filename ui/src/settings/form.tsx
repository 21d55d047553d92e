import { Button } from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useUnsaved } from "../frame/leaving";
import { host } from "../host";
import type { SettingsPatch, SettingsView } from "../host/contract";
import { answered } from "../parts/fresh/answered";
import { ErrorBar } from "../parts/error-bar";
import { t } from "../texts";
import { FIELDS, Logging, Protection, Schedule, SignIn, wholeNumbers } from "./cards";
import { Updates } from "./updates";

/** What the form changes; the rest of the settings has buttons of its own. */
function patchOf(values: SettingsView): SettingsPatch {
  const { log_level, mappings_from_cloud, import: rules, sign_in, updates } = values;
  return { log_level, mappings_from_cloud, import: rules, sign_in, updates };
}

/** Everything that is changed together, with one bar that saves it or takes it back. */
export function SettingsForm({ stored }: { stored: SettingsView }) {
  const [values, setValues] = useState(stored);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: async () => host.changeSettings(patchOf(values)),
    onSuccess: async (next) => {
      setValues(next);
      await answered(client, ["settings"], next);
    },
  });
  const changed = JSON.stringify(patchOf(values)) !== JSON.stringify(patchOf(stored));
  useUnsaved(changed);
  const put = (part: Partial<SettingsView>) => {
    save.reset();
    setValues({ ...values, ...part });
  };
  const card = { values, put, error: save.error };
  return (
    <form
      noValidate
      className="settings-form"
      onSubmit={(e) => {
        e.preventDefault();
        if (wholeNumbers(values)) save.mutate();
      }}
    >
      <div className="settings-cards">
        <Schedule {...card} />
        <Protection {...card} />
        <SignIn {...card} />
        <Updates {...card} />
        <Logging {...card} />
      </div>
      <ErrorBar error={save.error} except={FIELDS} />
      <div className={changed ? "save-bar changed" : "save-bar"}>
        <span role="status" className="grow">
          {changed ? t("unsaved-bar") : save.isSuccess ? t("set-saved") : ""}
        </span>
        <Button
          disabled={!changed || save.isPending}
          onClick={() => {
            save.reset();
            setValues(stored);
          }}
        >
          {t("unsaved-leave")}
        </Button>
        <Button
          type="submit"
          appearance="primary"
          disabled={!changed || save.isPending || !wholeNumbers(values)}
        >
          {t("act-save")}
        </Button>
      </div>
    </form>
  );
}

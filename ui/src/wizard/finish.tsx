import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { StartChoice } from "../parts/start-choice";
import { open } from "../screens";
import { t } from "../texts";
import { isTaken, mappingOf, type StepProps } from "./step";
import { StepFrame } from "./step-frame";

export function FinishStep({ draft, put, back, close }: StepProps) {
  const { finish } = draft;
  const mapping = mappingOf(draft);
  const client = useQueryClient();
  const starts = useQuery({ queryKey: ["starts"], queryFn: host.starts });
  const service = starts.data === "service";
  const end = useMutation({
    mutationFn: async () => {
      const others = await host.mappings();
      await host.putMapping(mapping, isTaken(mapping, others));
      if (!service) await host.startWith(finish.start);
      await host.clearDraft();
      // The overview shows how it goes on, and how it ends.
      if (finish.import === "now") host.import(mapping.name).catch(() => undefined);
    },
    onSuccess: async () => {
      await client.invalidateQueries();
      open("overview");
    },
  });
  return (
    <StepFrame
      back={back}
      close={close}
      primary={{
        label: t("fin-finish"),
        busy: end.isPending,
        act: () => {
          end.mutate();
        },
      }}
    >
      <section className="card">
        <h2>{t("fin-summary")}</h2>
        <dl>
          <dt>{t("wiz-cloud")}</dt>
          <dd>{draft.cloud.url}</dd>
          <dt>{t("wiz-directory")}</dt>
          <dd>{draft.directory.servers}</dd>
          <dt>{t("cred-bind")}</dt>
          <dd>{draft.credentials.bind_name}</dd>
          <dt>{t("wiz-mapping")}</dt>
          <dd>
            {mapping.name} ({mapping.base_dn})
          </dd>
        </dl>
      </section>
      {starts.isSuccess && (
        <StartChoice
          value={service ? "service" : finish.start}
          onChange={(start) => {
            put({ finish: { ...finish, start } });
          }}
        />
      )}
      <Field label={t("fin-import")}>
        <RadioGroup
          value={finish.import}
          onChange={(_e, d) => {
            put({ finish: { ...finish, import: d.value as typeof finish.import } });
          }}
        >
          <Radio value="now" label={t("fin-now")} />
          <Radio value="schedule" label={t("fin-schedule")} />
        </RadioGroup>
      </Field>
      <ErrorBar error={end.error} />
    </StepFrame>
  );
}

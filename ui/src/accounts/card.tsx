import { Badge, Button, MessageBar, MessageBarBody, Spinner } from "@fluentui/react-components";
import { ServerRegular } from "@fluentui/react-icons/svg/server";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { placeOf } from "../frame/go-to";
import type { AccountView } from "../generated";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { Sure } from "../parts/sure";
import { useStatus } from "../parts/fresh/use-status";
import { open } from "../screens";
import { t, when } from "../texts";
import { byHost } from "../checks/by-host";

import { EditAccount } from "./edit";
import { FillIn } from "./fill-in";
import { Facts } from "./facts";
import { Hosts } from "../checks/hosts";
import { Password } from "./password";
import { hindrance, useTest } from "./use-test";

type State = "good" | "testing" | "failed" | "password" | "untested";
const COLOURS = {
  good: "success",
  testing: "informative",
  failed: "danger",
  password: "warning",
  untested: "informative",
} as const;

function stateOf(test: ReturnType<typeof useTest>, hindered: ReturnType<typeof hindrance>): State {
  if (hindered === "password") return "password";
  if (test.isFetching) return "testing";
  if (test.error || hindered) return "failed";
  if (!test.data) return "untested";
  return byHost(test.data.checks).some((one) => one.status === "fail") ? "failed" : "good";
}

/** One directory: how it is, how it is reached, and what can be done about it. */
export function AccountCard({ account }: { account: AccountView }) {
  const { name } = account;
  const client = useQueryClient();
  const status = useStatus().data;
  const test = useTest(name, status);
  const hindered = status && hindrance(name, status);
  const state = stateOf(test, hindered);
  const [shown, setShown] = useState<"edit" | "password" | null>(null);
  const mappings = useQuery({ queryKey: ["mappings"], queryFn: host.mappings });
  const remove = useMutation({
    mutationFn: async () => host.removeAccount(name),
    onSuccess: async () => client.invalidateQueries({ queryKey: ["accounts"] }),
  });
  const close = () => {
    setShown(null);
  };
  return (
    <section id={placeOf(name)} className="card column account" aria-label={name}>
      <header className="row spread">
        <div className="account-name">
          <ServerRegular fontSize={24} aria-hidden />
          <div>
            <h2>{name}</h2>
            <span className="muted small">{t(`kind-${account.kind}`)}</span>
          </div>
        </div>
        <Badge appearance="tint" size="large" color={COLOURS[state]} role="status">
          {t(`acc-state-${state}`)}
        </Badge>
      </header>
      {hindered === "password" && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t("acc-missing")}</MessageBarBody>
        </MessageBar>
      )}
      {hindered === "password" && <Password account={name} />}
      <div className="account-parts">
        <Facts
          account={account}
          missing={hindered === "password"}
          mappings={mappings.data?.filter((one) => one.account === name) ?? []}
          onMapping={(mapping) => {
            open("mappings", mapping);
          }}
        />
        <section className="column part">
          <h3>{t("acc-hosts")}</h3>
          {hindered === "authentication" && !test.data && <p>{t("acc-not-tested")}</p>}
          {test.isFetching && <Spinner size="tiny" labelPosition="after" label={t("acc-state-testing")} />}
          {test.data ? <Hosts checks={test.data.checks} /> : <p>{account.servers.join(", ")}</p>}
          {test.data && (
            <span className="muted small">
              {t("acc-tested", { at: when(test.data.at), n: test.data.ms })}
            </span>
          )}
        </section>
      </div>
      <ErrorBar error={test.error ?? remove.error} />
      <div className="row">
        <Button
          disabledFocusable={test.isFetching}
          onClick={() => {
            void test.refetch();
          }}
        >
          {t("acc-test")}
        </Button>
        <Button
          onClick={() => {
            setShown("edit");
          }}
        >
          {t("acc-edit")}
        </Button>
        {hindered !== "password" && (
          <Button
            onClick={() => {
              setShown("password");
            }}
          >
            {t("acc-new-password")}
          </Button>
        )}
        <Sure
          question={t("acc-remove-sure", { name })}
          onYes={() => {
            remove.mutate();
          }}
        />
      </div>
      {shown === "edit" && (
        <FillIn title={t("acc-edit-title", { name })} onClose={close}>
          <EditAccount account={account} />
        </FillIn>
      )}
      {shown === "password" && (
        <FillIn title={t("acc-password-title", { name })} onClose={close}>
          <Password account={name} />
        </FillIn>
      )}
    </section>
  );
}

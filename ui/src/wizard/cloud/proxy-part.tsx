import { Field, Input, Select } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { ProxyKind, ProxySettings } from "../../generated";
import { NumberField } from "../../parts/number-field";
import { t } from "../../texts";
import { Offered } from "./offered";

interface Props {
  /** What else belongs to the way out. */
  ca: ReactNode;
  /** The cloud's address. */
  url: string;
  open: boolean;
  proxy: ProxySettings | null;
  password: string;
  onChange: (proxy: ProxySettings | null) => void;
  onPassword: (password: string) => void;
}

export function ProxyPart({ ca, url, open, proxy, password, onChange, onPassword }: Props) {
  // What somebody typed is no longer what the environment named.
  const edit = (part: Partial<ProxySettings>) => {
    const { from: _named, ...typed } = { kind: "http" as const, host: "", port: 3128, ...proxy, ...part };
    onChange(typed);
  };
  return (
    <details className="card" open={open || proxy !== null || undefined}>
      <summary>{t("cl-network")}</summary>
      <div className="column" style={{ marginTop: 12 }}>
        <span className="muted">{t("cl-ports")}</span>
        {ca}
        <Offered url={url} proxy={proxy} take={onChange} />
        <Field label={t("cl-proxy")}>
          <Select
            value={proxy?.kind ?? ""}
            onChange={(_e, d) => {
              if (d.value) edit({ kind: d.value as ProxyKind });
              else onChange(null);
            }}
          >
            <option value="">{t("cl-no-proxy")}</option>
            <option value="http">HTTP</option>
            <option value="socks4">SOCKS4</option>
            <option value="socks5">SOCKS5</option>
          </Select>
        </Field>
        {proxy && (
          <div className="split">
            <Field label={t("cl-host")}>
              <Input
                value={proxy.host}
                onChange={(_e, d) => {
                  edit({ host: d.value });
                }}
              />
            </Field>
            <NumberField
              label={t("cl-port")}
              min={1}
              max={65535}
              value={Number.isInteger(proxy.port) ? proxy.port : undefined}
              onChange={(port = Number.NaN) => {
                edit({ port });
              }}
            />
            <Field label={t("cl-user")}>
              <Input
                value={proxy.user ?? ""}
                onChange={(_e, d) => {
                  edit({ user: d.value || undefined });
                }}
              />
            </Field>
            <Field label={t("cl-pass")}>
              <Input
                type="password"
                autoComplete="off"
                value={password}
                onChange={(_e, d) => {
                  onPassword(d.value);
                }}
              />
            </Field>
          </div>
        )}
      </div>
    </details>
  );
}

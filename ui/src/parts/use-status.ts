import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { host } from "../host";

/** The status, kept fresh by what the host tells. */
export function useStatus() {
  const client = useQueryClient();
  useEffect(
    () =>
      host.onStatus((status) => {
        client.setQueryData(["status"], status);
      }),
    [client],
  );
  return useQuery({ queryKey: ["status"], queryFn: host.status });
}

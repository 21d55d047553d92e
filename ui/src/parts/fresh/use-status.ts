import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { host } from "../../host";
import { follow, statusQuery } from "./newest-status";

/** Follows the status as long as the page is there. */
export function useFollowedStatus() {
  const client = useQueryClient();
  useEffect(() => follow(client, host), [client]);
}

/** The status, kept fresh by what the host tells, or why there is none: what was known before may hold no longer. */
export function useStatus() {
  const { data, error } = useQuery(statusQuery(host));
  return error ? { data: undefined, error } : { data, error };
}

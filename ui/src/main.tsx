import "@fontsource/open-sans/latin-400.css";
import "@fontsource/open-sans/latin-600.css";
import "./main.css";
import "./frame/frame.css";
import "./parts/grid/grid.css";
import "./overview/overview.css";
import "./imports/imports.css";
import "./people/people.css";
import "./wizard/wizard.css";
import "./settings/settings.css";
import "./accounts/accounts.css";
import "./mapping/editor.css";
import "./mappings/proposals/proposals.css";
import "./parts/chart/chart.css";
import "./sign-ins/sign-ins.css";
import "./explain/explain.css";
import { createDOMRenderer, RendererProvider } from "@fluentui/react-components";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { language } from "./texts";

const client = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } },
});
document.documentElement.lang = language;
// The program lets in only styles with the nonce that it put on the page's own.
const nonce = document.querySelector("style")?.nonce;
const renderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {});
const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <RendererProvider renderer={renderer} targetDocument={document}>
        <QueryClientProvider client={client}>
          <App />
        </QueryClientProvider>
      </RendererProvider>
    </StrictMode>,
  );

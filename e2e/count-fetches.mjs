import { subscribe } from "node:diagnostics_channel";

// Loaded before a Kafdeck that is tested: each Fetch request (API key 1) to a broker becomes a word of its log.
subscribe("tracing:plt:kafka:connections:api:start", ({ apiKey }) => {
  if (apiKey === 1) process.stdout.write("fetch-request\n");
});

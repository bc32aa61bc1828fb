"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ShellProvider } from "./shell-data";

const makeClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // What can be asked again says so and has a button; the interval asks again anyway.
        retry: false,
        staleTime: 2000,
        // Kafdeck may be on this machine: being offline says nothing about reaching it.
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });

/** What every page stands in: the cache of answers, and what the frame knows. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      <ShellProvider>{children}</ShellProvider>
    </QueryClientProvider>
  );
}

"use client";
import "./globals.css";

/** The frame itself failed: no part of it is used here. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Kafdeck failed</title>
        <main className="flex flex-col items-start gap-3 p-6">
          <h1 className="text-18 font-bold">Kafdeck failed at this{error.digest ? ` (id ${error.digest})` : ""}</h1>
          <p>The log has the details. Nothing was changed by this.</p>
          <button
            type="button"
            onClick={reset}
            className="h-control rounded-control border border-border-strong bg-raised px-2.5 font-medium"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}

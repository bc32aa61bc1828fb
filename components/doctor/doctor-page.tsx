"use client";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, RefreshCw, TriangleAlert } from "lucide-react";
import { CopyReport } from "@/components/doctor/copy-report";
import { DoctorAdvicePanel } from "@/components/doctor/doctor-advice";
import { DoctorSteps, WaitingSteps } from "@/components/doctor/doctor-steps";
import { verdictOf } from "@/components/doctor/doctor-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Loaded } from "@/components/ui/loaded";
import { Marked } from "@/components/ui/marked";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import type { DoctorReport } from "@/lib/api/clusters";
import { url } from "@/lib/api/url";
import { doctorQuery } from "@/lib/client/clusters";

const icons = { ok: CircleCheck, warn: TriangleAlert, bad: CircleX } as const;

/** Tries the way to the cluster when it is opened and when it is asked to; never by itself, since each look dials every broker. */
export function DoctorPage({ cluster }: { cluster: string }) {
  const report = useQuery({ ...doctorQuery(cluster), staleTime: Number.POSITIVE_INFINITY, refetchOnMount: "always" });
  const verdict = report.data && verdictOf(report.data);
  return (
    <Page
      title="Connection doctor"
      badges={
        verdict && (
          <Badge tone={verdict.tone} icon={icons[verdict.tone]}>
            {verdict.text}
          </Badge>
        )
      }
      actions={
        <>
          {report.data && <CopyReport cluster={cluster} report={report.data} />}
          <Button look="primary" icon={RefreshCw} busy={report.isFetching} onClick={() => report.refetch()}>
            Check again
          </Button>
        </>
      }
    >
      <p className="-mt-1.5 max-w-[110ch] text-ink-2">
        Does Kafdeck reach this cluster, and if not, at which step does it stop? Each step uses only what the one before
        it found.
      </p>
      <Loaded query={report} skeleton={<WaitingSteps />}>
        {(data) => <Report cluster={cluster} report={data} />}
      </Loaded>
    </Page>
  );
}

function Report({ cluster, report }: { cluster: string; report: DoctorReport }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_388px] items-start gap-4 max-lg:grid-cols-[minmax(0,1fr)]">
      <DoctorSteps report={report} />
      <div className="flex min-w-0 flex-col gap-3">
        <DoctorAdvicePanel advice={report.advice} />
        {report.consequence && (
          <Panel title="Until then">
            <p className="text-ink-2">
              <Marked text={report.consequence} />
            </p>
          </Panel>
        )}
        <p className="text-muted">
          What the brokers understand, and what Kafdeck can do with them:{" "}
          <Link look="text" className="underline" href={url`/clusters/${cluster}/capabilities`}>
            Capabilities
          </Link>
        </p>
      </div>
    </div>
  );
}

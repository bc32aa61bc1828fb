import { failedStep, stepNames, took } from "@/components/doctor/doctor-words";
import { Status } from "@/components/ui/status";
import type { DoctorListener, DoctorReport } from "@/lib/api/clusters";

/** Each broker, the address it gives to its clients, and what happens there. On a phone a row is three lines. */
export function ListenerTable({ listeners }: { listeners: DoctorListener[] }) {
  return (
    <>
      <table className="grid-table mb-2.5 max-md:hidden">
        <thead>
          <tr>
            <th data-align="end" className="w-[74px]">
              Broker
            </th>
            <th>Address it advertises</th>
            <th className="w-[306px]">From here</th>
            <th data-align="end" className="w-[78px]">
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          {listeners.map(({ broker, address, reached, text, milliseconds }) => (
            <tr key={broker}>
              <td data-align="end" className="font-medium">
                {broker}
              </td>
              <td className={`font-mono text-12 ${reached ? "" : "text-bad"}`} title={address}>
                {address}
              </td>
              <td title={text}>
                <Status kind={reached ? "passed" : "failed"} word={text} />
              </td>
              <td data-align="end" className="text-muted">
                {took(milliseconds)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="flex flex-col gap-2 md:hidden">
        {listeners.map(({ broker, address, reached, text }) => (
          <li key={broker}>
            <p className="font-medium">Broker {broker}</p>
            <p className={`font-mono text-12 wrap-anywhere ${reached ? "" : "text-bad"}`}>{address}</p>
            <p className={reached ? "" : "text-bad"}>{text}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The other bootstrap servers, and how far each let Kafdeck come. On a phone a row is two lines. */
export function BootstrapTable({ servers }: { servers: DoctorReport["bootstrap"] }) {
  return (
    <>
      <table className="grid-table max-md:hidden">
        <thead>
          <tr>
            <th>Other bootstrap servers</th>
            <th className="w-[392px] max-lg:w-1/2">How far it went</th>
          </tr>
        </thead>
        <tbody>
          {servers.map((server) => {
            const failed = failedStep(server);
            const word = failed ? failed.text : "reached";
            return (
              <tr key={server.address}>
                <td className={`font-mono text-12 ${failed ? "text-bad" : ""}`} title={server.address}>
                  {server.address}
                </td>
                <td title={failed ? `${stepNames[failed.step]}: ${word}` : word}>
                  <Status kind={failed ? "failed" : "passed"} word={word} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className="md:hidden">
        <p className="text-12 text-muted">Other bootstrap servers</p>
        <ul className="mt-1 flex flex-col gap-2">
          {servers.map((server) => {
            const failed = failedStep(server);
            return (
              <li key={server.address}>
                <p className={`font-mono text-12 wrap-anywhere ${failed ? "text-bad" : ""}`}>{server.address}</p>
                <p className={`wrap-anywhere ${failed ? "text-bad" : ""}`}>{failed ? failed.text : "reached"}</p>
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}

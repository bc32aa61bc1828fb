import { namesOf } from "@/app/names";
import { DoctorPage } from "@/components/doctor/doctor-page";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <DoctorPage {...(await namesOf(params))} />;
}

import { HomePage } from "@/components/clusters/home-page";

export default function Page() {
  return <HomePage />;
}

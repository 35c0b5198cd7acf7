// The places in the rail, in their order.
import {
  AtSign,
  CalendarDays,
  ChartLine,
  Clapperboard,
  Eye,
  LayoutList,
  Library,
  ListChecks,
  type LucideIcon,
  Settings,
  Smartphone,
  VenetianMask,
} from "lucide-react";

export interface Place {
  to:
    | "/"
    | "/make"
    | "/review"
    | "/calendar"
    | "/library"
    | "/cast"
    | "/insights"
    | "/phones"
    | "/accounts"
    | "/jobs"
    | "/settings";
  name: string;
  icon: LucideIcon;
}

export const PLACES: readonly Place[] = [
  { to: "/", name: "Board", icon: LayoutList },
  { to: "/make", name: "Make", icon: Clapperboard },
  { to: "/review", name: "Review", icon: Eye },
  { to: "/calendar", name: "Calendar", icon: CalendarDays },
  { to: "/library", name: "Library", icon: Library },
  { to: "/cast", name: "Cast", icon: VenetianMask },
  { to: "/insights", name: "Insights", icon: ChartLine },
  { to: "/phones", name: "Phones", icon: Smartphone },
  { to: "/accounts", name: "Accounts", icon: AtSign },
  { to: "/jobs", name: "Jobs", icon: ListChecks },
  { to: "/settings", name: "Settings", icon: Settings },
];

/** The first of them stand in a phone's bottom bar, the rest behind *More*. */
export const ON_PHONE = 4;

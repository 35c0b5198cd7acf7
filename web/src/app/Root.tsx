// Around every page: tooltips and toasts.
import { Outlet } from "@tanstack/react-router";
import { Toasts } from "@/ui/Toast";
import { TipRoom } from "@/ui/Tooltip";

export function Root() {
  return (
    <TipRoom>
      <Outlet />
      <Toasts />
    </TipRoom>
  );
}

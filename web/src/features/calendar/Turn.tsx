// Which stretch of time is shown and how: a step back or on, today, and the four views.
import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button, IconButton } from "@/ui/Button";
import { Segments } from "@/ui/Tabs";
import type { View } from "./carrying";

interface Props {
  view: View;
  wide: boolean;
  onView: (view: View) => void;
  /** Steps of the view's own size; 0 is back to today. */
  onTurn: (steps: number) => void;
}

const SIZE: Record<View, string> = { month: "month", week: "week", day: "day", list: "month" };

export function Turn({ view, wide, onView, onTurn }: Props) {
  const options = [
    { value: "month", label: "Month" },
    { value: "week", label: "Week" },
    { value: "day", label: "Day" },
    { value: "list", label: "List" },
  ] as const;
  return (
    <>
      <IconButton label={`The ${SIZE[view]} before`} icon={ChevronLeft} onClick={() => onTurn(-1)} />
      <Button onClick={() => onTurn(0)}>Today</Button>
      <IconButton label={`The ${SIZE[view]} after`} icon={ChevronRight} onClick={() => onTurn(1)} />
      <Segments label="View" value={view} onChange={onView} options={wide ? options : [...options].reverse()} />
    </>
  );
}

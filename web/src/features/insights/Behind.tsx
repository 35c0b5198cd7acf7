// The table behind a chart, folded away.
import { type Column, Table } from "@/ui/Table";

export function Behind<Row>(props: { label: string; columns: readonly Column<Row>[]; rows: readonly Row[]; keyOf: (row: Row) => string }) {
  return (
    <details className="mt-1">
      <summary className="inline-flex min-h-6 items-center text-sm text-ink-2 hover:text-ink">The figures as a table</summary>
      <div className="scroll-quiet mt-1 max-h-80 overflow-y-auto">
        <Table {...props} />
      </div>
    </details>
  );
}

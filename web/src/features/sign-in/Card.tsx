// The one card of the pages before the desk.
import type { ReactNode } from "react";
import { Drawing } from "@/ui/pictures";

export function Card({ title, about, children }: { title: string; about: ReactNode; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <Drawing picture="door" className="mx-auto w-36" />
        <h1 className="mt-3 text-center text-xl font-semibold">{title}</h1>
        <p className="mt-1 mb-6 text-center text-balance text-ink-2">{about}</p>
        {children}
      </div>
    </main>
  );
}

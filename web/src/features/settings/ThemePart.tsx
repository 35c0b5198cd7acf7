// Light, dark, or as the system has it; for this browser.
import { Monitor, Moon, Sun } from "lucide-react";
import { ChoiceCard, Group } from "@/ui/Field";
import { setTheme, type Theme, useTheme } from "@/ui/theme";

const CHOICES = [
  { id: "light", name: "Light", icon: Sun },
  { id: "dark", name: "Dark", icon: Moon },
  { id: "system", name: "As the system", icon: Monitor },
] as const;

export function ThemePart() {
  const theme = useTheme();
  return (
    <Group label="Theme" hint="Kept in this browser." className="max-w-md">
      <div className="grid gap-2 sm:grid-cols-3">
        {CHOICES.map(({ id, name, icon: Icon }) => (
          <ChoiceCard
            key={id}
            name="theme"
            value={id}
            checked={theme === id}
            onChange={(value) => setTheme(value as Theme)}
            className="items-center"
          >
            <Icon aria-hidden className="size-4 text-ink-2" strokeWidth={1.75} />
            {name}
          </ChoiceCard>
        ))}
      </div>
    </Group>
  );
}

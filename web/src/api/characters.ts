// The cast: characters, their templates and voices.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ask, ifMatch } from "./client";
import type { Character, CharacterChange, NewCharacter, VoiceChoice } from "./shapes";

export const charactersQuery = (client?: string) =>
  queryOptions({
    queryKey: ["characters", { client }],
    queryFn: () => ask(api.GET("/api/v1/characters", { params: { query: { client, limit: 200 } } })),
    select: (page) => page.items,
  });

export const characterQuery = (id: string) =>
  queryOptions({
    queryKey: ["character", id],
    queryFn: () => ask(api.GET("/api/v1/characters/{character_id}", { params: { path: { character_id: id } } })),
  });

export const templatesQuery = queryOptions({
  queryKey: ["character-templates"],
  queryFn: () => ask(api.GET("/api/v1/character-templates")),
  select: (page) => page.items,
  staleTime: Infinity,
});

export const voicesQuery = queryOptions({
  queryKey: ["voices"],
  queryFn: () => ask(api.GET("/api/v1/voices")),
  select: (page) => page.items,
  staleTime: Infinity,
});

export function useCreateCharacter() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ client, ...body }: NewCharacter & { client?: string }) =>
      ask(api.POST("/api/v1/characters", { params: { query: { client } }, body })),
    onSuccess: (made) => keep(cache, made),
  });
}

export function useSaveCharacter() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, changes }: { id: string; version: number; changes: CharacterChange }) =>
      ask(
        api.PATCH("/api/v1/characters/{character_id}", {
          params: { path: { character_id: id }, header: ifMatch(version) },
          body: changes,
        }),
      ),
    onSuccess: (saved) => keep(cache, saved),
  });
}

export function useRedrawPortrait() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, seed }: { id: string; seed?: number }) =>
      ask(
        api.POST("/api/v1/characters/{character_id}/portrait", {
          params: { path: { character_id: id } },
          body: { seed },
        }),
      ),
    onSuccess: (drawn) => keep(cache, drawn),
  });
}

export function useDeleteCharacter() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      ask(api.DELETE("/api/v1/characters/{character_id}", { params: { path: { character_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["characters"] }),
  });
}

export function useRestoreCharacter() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      ask(api.POST("/api/v1/characters/{character_id}/restore", { params: { path: { character_id: id } } })),
    onSuccess: (restored) => keep(cache, restored),
  });
}

/** A spoken sample as audio; the caller revokes the address it makes of it. */
export async function fetchVoiceSample(voice: VoiceChoice, text: string, signal: AbortSignal): Promise<Blob> {
  const sound = await ask(api.POST("/api/v1/voices/sample", { body: { ...voice, text }, parseAs: "blob", signal }));
  return sound as Blob;
}

function keep(cache: ReturnType<typeof useQueryClient>, character: Character) {
  cache.setQueryData(characterQuery(character.id).queryKey, character);
  void cache.invalidateQueries({ queryKey: ["versions", character.id] });
  return cache.invalidateQueries({ queryKey: ["characters"] });
}

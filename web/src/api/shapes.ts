// The API's shapes by short names. Generated from the server's own description: `npm run api`.
import type { components } from "./schema";

type Shapes = components["schemas"];

export type Session = Shapes["Session"];
export type SessionClient = Shapes["SessionClient"];
export type OnceLink = Shapes["OnceLink"];
export type Client = Shapes["Client"];
export type User = Shapes["User"];
export type Role = User["role"];
export type Access = Shapes["Access"];
export type Permission = "read" | "make" | "review" | "approve" | "publish" | "operate" | "manage";

export type Character = Shapes["Character"];
export type CharacterTemplate = Shapes["Template"];
export type NewCharacter = Shapes["NewCharacter"];
export type CharacterChange = Shapes["CharacterChange"];
export type Profile = Shapes["Profile"];
export type Persona = Shapes["Persona"];
export type Palette = Shapes["Palette"];
export type Disclosure = Shapes["Disclosure"];
export type VoiceChoice = Shapes["Voice"];
export type Voice = Shapes["AvailableVoice"];

export type Format = Shapes["Format"];
export type Content = Shapes["Content"];
export type ContentStatus = Content["status"];
export type ContentDetail = Shapes["ContentDetail"];
export type Progress = Shapes["Going"];
export type StageRun = Shapes["StageView"];
export type Script = Shapes["ScriptView"];
export type ScriptEdit = Shapes["ScriptEdit"];
export type Check = Shapes["CheckView"];
export type Review = Shapes["ReviewView"];

export type Account = Shapes["AccountNow"];
export type AccountMove = Shapes["AccountMove"];
export type Post = Shapes["Post"];
export type PostState = Post["state"];
export type Attempt = Shapes["Attempt"];
export type Correction = Shapes["Correction"];
/** A time on a wall in a zone: `2026-11-22T09:00`, `Europe/Berlin`. */
export type WallMoment = Shapes["At"];

export type Summary = Shapes["Summary"];
export type RankedPost = Shapes["RankedPost"];
export type PostInsights = Shapes["PostInsights"];

export interface Page<T> {
  items: T[];
  next?: string | null;
}

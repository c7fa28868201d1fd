import type { Witness } from "./facts";
import { GRADES, type Grade } from "./vocabulary";

/** Who stands behind a fact as it is known on a day: a system, two people or one (domain.md §2). */
export function gradeOf({ source, secondHandOn }: Witness): Grade {
  return source !== null ? "witnessed" : secondHandOn !== null ? "countersigned" : "stated";
}

/** Whether `grade` is at least as good as `least`. */
export function reaches(grade: Grade, least: Grade): boolean {
  return GRADES.indexOf(grade) >= GRADES.indexOf(least);
}

/** What an import's and an export's numbers say. */
import * as Option from "effect/Option"

export interface Job {
  readonly job_status?: number | undefined
  readonly job_error_msg?: string | undefined
}

/** Done, or so the number says: there may be nothing to show for it yet. */
export const isDone = ({ job_status = 0 }: Job): boolean => job_status === 0

const isGoingOn = ({ job_status }: Job) => job_status === 1 || job_status === 2

/** How a job failed, if it did. */
export const failureOf = (job: Job): Option.Option<{ readonly job_status: number; readonly job_error_msg: string | undefined }> =>
  isDone(job) || isGoingOn(job) || job.job_status === undefined
    ? Option.none()
    : Option.some({ job_status: job.job_status, job_error_msg: job.job_error_msg })

/** For people to read. */
export const why = (
  meanings: Readonly<Record<number, string>>,
  { job_error_msg = "", job_status }: { readonly job_status: number; readonly job_error_msg: string | undefined }
): string => {
  const words = job_error_msg === "" ? "" : `, ${JSON.stringify(job_error_msg)}`
  return `${meanings[job_status] ?? "the documentation does not say why"} (job_status ${job_status}${words})`
}

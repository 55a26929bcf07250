"""What travels through the queue: a job's number and nothing else."""

from django.tasks import task

from cms.jobs.run import run


@task(backend="jobs")
def run_job(job_id: int) -> None:
    run(job_id)

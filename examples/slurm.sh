#!/usr/bin/env bash
# Judges a class on a Slurm cluster, a part of it in each task of an array. In the course directory,
# which every node must see under the same path, .venv included:
#
#   judged=$(sbatch --parsable examples/slurm.sh ps2_loss_at_init)
#   sbatch --dependency=afterany:"$judged" --wrap "python3 course.py record ps2_loss_at_init"
#
# `record` names who has no verdict; `sbatch --array=3 examples/slurm.sh ps2_loss_at_init` judges
# part 3 again, and passes over what is judged.
#SBATCH --job-name=judge
#SBATCH --array=1-16
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --time=02:00:00
set -euo pipefail

parts=16  # as many as the array has tasks
exec python3 course.py judge "$@" --jobs "${SLURM_CPUS_PER_TASK:-1}" \
  --part "$SLURM_ARRAY_TASK_ID/$parts"

# The course on a Linux of its own, for grading on macOS and wherever a container is wanted.
# docs/operators.md has the commands. It needs no privileged flag: Landlock, which confines
# students' code, works in an ordinary container.
FROM python:3.13-slim-bookworm

# Filters the system calls of students' code. Debian's apt needs it too; it is named because the
# course relies on it.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libseccomp2 \
 && rm -rf /var/lib/apt/lists/*

RUN useradd --create-home --uid 1000 course && install --directory --owner course /course
USER course
WORKDIR /course
COPY --chown=course . .

# Installs the pinned packages into /course/.venv and makes every release.
RUN python3 course.py build

ENV PATH=/course/.venv/bin:$PATH
EXPOSE 8888
ENTRYPOINT ["/usr/local/bin/python3", "course.py"]
CMD ["demo"]

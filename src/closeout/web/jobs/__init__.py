"""Work done in the background, with progress, a log, cancel and run again.

Another app registers a kind of work and starts it from an action:

    @job_kind("documents.read", permission=Permission.DOCUMENT_UPLOAD)
    def read_documents(progress, params):
        for done, path in enumerate(params["paths"], start=1):
            ...
            progress.advance(done, len(params["paths"]), note=path)
        return {"Documents read": len(params["paths"]), "link": "/recommendations/"}

    job = start_job(by=user, kind="documents.read", title="Read 3 documents", params={...})

The module with the decorated function must be imported in the app's `ready()`, so that the
worker process knows it.
"""

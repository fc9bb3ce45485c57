// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transferremedies.h"

#include "oci/reference.h"
#include "ui/dialogs.h"
#include "ui/remedies.h"
#include "workbench/workbench.h"

#include <QWidget>

namespace Tagboat {

namespace {

//! Back to the push dialog, with the image as it is here now and the name that is meant.
void pushAgain(Workbench& workbench, QWidget* parent, const JobSnapshot& job, const QString& name)
{
    const Digest root = job.rootDigest;
    const QString label = job.image;
    workbench.images().then(
        parent, [&workbench, parent, name, root, label](const Result<StoreSnapshot>& snapshot) {
            if (!snapshot)
                return;
            const auto canonical = Reference::parse(label);
            for (const StoredImage& image : snapshot->images) {
                const bool same = (!root.isNull() && image.target.digest == root)
                    || (canonical && image.names.contains(canonical->canonical()))
                    || image.id.shortHex() == label;
                if (!same)
                    continue;
                const auto wanted = Reference::parse(name);
                // An untagged image's label is its ID, which reads like a name of Docker Hub.
                const bool isName = wanted && name != image.id.shortHex();
                openPushDialog(workbench, parent, image, isName ? wanted->canonical() : QString());
                return;
            }
        });
}

} // namespace

void retryTransfer(Workbench& workbench, QWidget* parent, const JobSnapshot& job)
{
    if (job.isRepeatable) {
        workbench.retryJob(job.id);
    } else if (job.kind == JobKind::Pull) {
        openPullDialog(workbench, parent, job.image);
    } else if (job.kind == JobKind::Push) {
        pushAgain(workbench, parent, job,
                  job.tags.isEmpty() ? job.to : QString(job.to + u':' + job.tags.first()));
    }
}

void runTransferRemedy(const Remedy& remedy, Workbench& workbench, QWidget* parent, const JobSnapshot& job)
{
    if (runRemedy(remedy, workbench, parent,
                  [&workbench, parent, job] { retryTransfer(workbench, parent, job); }))
        return;
    if (remedy.kind == RemedyKind::UseAnotherAccount && job.kind == JobKind::Pull)
        openPullDialog(workbench, parent, job.image);
    else if (remedy.kind == RemedyKind::RetagForAccount)
        pushAgain(workbench, parent, job, remedy.argument);
    else if (remedy.kind == RemedyKind::UseAnotherAccount)
        pushAgain(workbench, parent, job, job.image);
}

} // namespace Tagboat

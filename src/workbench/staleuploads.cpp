// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/staleuploads.h"

#include "base/logging.h"
#include "registry/uploadsession.h"
#include "transfer/journaluploads.h"

namespace Tagboat {

Task<void> cancelStaleUploads(std::shared_ptr<Journal> journal, std::shared_ptr<RegistryClient> client,
                              std::stop_token stop)
{
    while (!stop.stop_requested()) {
        const auto upload = journal->uploads()->takeStale(client->registry(), UploadsAreKeptFor);
        if (!upload)
            co_return;
        qCInfo(lcTransfer).noquote() << "cancels an upload left behind in" << upload->repository;
        const auto session = UploadSession::at(client, upload->repository, upload->location);
        co_await UploadSession::cancel(session);
    }
}

} // namespace Tagboat

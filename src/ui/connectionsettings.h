// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"

#include <QWidget>

#include <functional>
#include <memory>

class QLineEdit;

namespace Ui {
class ConnectionSettings;
}

namespace Tagboat {

class Workbench;

/*!
 * \brief How a registry is connected to, as a section of a form: one line that tells what is set, and opens.
 *
 * What is known of the registry is shown until the person changes something here. Children: connectionButton
 * (opens), connectionSummary, plainHttpBox, caEdit, caButton, certificateEdit, certificateButton, keyEdit,
 * keyButton, pinLabel, pinRemove, showCertificateButton, connectToEdit, proxyBox, proxyEdit, problemLabel.
 */
class ConnectionSettings : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionSettings(QWidget* parent = nullptr);
    ~ConnectionSettings() override;

    //! Whom to ask what is known; before anything else.
    void setWorkbench(Workbench& workbench);
    //! host[:port] as in references.
    void setRegistry(const QString& registry);
    //! A registry of the person's own, which may speak plain HTTP and ask for client certificates; those of
    //! clouds do not, and fields that cannot help only frighten.
    void setOwnRegistry(bool isOwn);
    //! Shows the fields, and puts the keyboard into \a field.
    void open(ConnectionField field);
    //! What can be seen here; of the rest, what is known.
    [[nodiscard]] RegistrySettings settings() const;
    //! Something here cannot be used as it stands, which is said below the fields.
    [[nodiscard]] bool hasProblem() const { return !problem().isEmpty(); }
    //! Runs a remedy upon what stands here, where nothing is saved; \a retry follows when something changed.
    //! False for those of other kinds.
    bool runRemedy(const Remedy& remedy, const std::function<void()>& retry);

Q_SIGNALS:
    //! By the person.
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void showKnown();
    void showFields(bool isOpen);
    void showState();
    void chooseFile(QLineEdit* edit, const QString& title, const std::function<void()>& then = {});
    void showCertificate(const std::function<void()>& then = {});
    void setPin(const QString& sha256);
    void tellChange();
    [[nodiscard]] QString proxy() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString summary() const;

    std::unique_ptr<Ui::ConnectionSettings> m_ui;
    Workbench* m_workbench = nullptr;
    QString m_registry;
    QString m_pin; //!< RegistrySettings::pinnedSha256
    bool m_isOwnRegistry = true;
    int m_heightClosed = 0;    //!< of the window, before the fields were opened
    bool m_isAnswered = false; //!< the person changed something: what is known does not replace it
};

} // namespace Tagboat

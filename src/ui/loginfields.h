// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/registrykinds.h"

#include <QObject>

#include <memory>

class QFormLayout;
class QLabel;
class QLineEdit;

namespace Tagboat {

/*!
 * \brief The fields of a login in a form: by which of a vendor's methods, as whom, with which secret.
 *
 * Works on the form's own user and secret rows, and puts a methodBox above them where there is a choice, and
 * a keyFileButton beside the secret where that is a file's text.
 */
class LoginFields : public QObject
{
    Q_OBJECT

public:
    struct Form
    {
        QFormLayout* rows = nullptr;
        QLabel* userCaption = nullptr;
        QLineEdit* user = nullptr;
        QLabel* secretCaption = nullptr;
        QLineEdit* secret = nullptr;
        QLabel* help = nullptr;
    };
    LoginFields(const Form& form, QObject* parent);
    ~LoginFields() override;

    //! \a user decides the method where it is one's fixed user, or is left to the first.
    void setKind(const RegistryKind& kind, const QString& user = {});
    [[nodiscard]] QString user() const;   //!< typed, or fixed by the method
    [[nodiscard]] QString secret() const; //!< as it is to be kept

Q_SIGNALS:
    void changed();
    //! A key file that cannot be read, or is too large for one.
    void failed(const QString& path, const QString& why);

private:
    void showMethod();
    void chooseFile();
    void readFile(const QString& path);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat

; The uninstaller: settings and secrets stay unless it is told otherwise.
!define SERVICE_STAYS 4
!define SECRETS_STAY 5

Function un.onInit
  SetRegView 64
  SetShellVarContext all
  StrCpy $Purge "no"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PURGE" $1
  ${IfNot} ${Errors}
    StrCpy $Purge "yes"
  ${EndIf}
FunctionEnd

; What becomes of settings, journal and secrets.
Function un.ShowKeep
  !insertmacro MUI_HEADER_TEXT "$(keep_title)" "$(keep_subtitle)"
  nsDialogs::Create 1018
  Pop $0
  !insertmacro Choice 0 $Choice1 "$(keep)" "$(keep_text)"
  !insertmacro Choice 36 $Choice2 "$(forget)" "$(forget_text)"
  ${If} $Purge == "yes"
    ${NSD_Check} $Choice2
  ${Else}
    ${NSD_Check} $Choice1
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function un.LeaveKeep
  StrCpy $Purge "no"
  ${NSD_GetState} $Choice2 $0
  ${If} $0 == ${BST_CHECKED}
    StrCpy $Purge "yes"
  ${EndIf}
FunctionEnd

; The exit code in $Code.
!macro un.Connector ARGUMENTS
  nsExec::ExecToLog '"$INSTDIR\${CONNECTOR}" ${ARGUMENTS}'
  Pop $Code
!macroend

; What runs goes at the next start of Windows, under a name that a new installation does not have by then.
!macro un.Gone FILE
  Delete "$INSTDIR\${FILE}.old"
  Delete "$INSTDIR\${FILE}.new"
  Delete "$INSTDIR\${FILE}"
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    !insertmacro Aside "${FILE}"
  ${EndIf}
!macroend

Section Uninstall
  ${If} $Purge == "yes"
    ; Only the service can remove what is in its own keychain.
    ReadRegStr $0 HKLM "${SERVICE}" "ImagePath"
    ${If} $0 != ""
      !insertmacro un.Connector 'service start'
    ${EndIf}
    !insertmacro un.Connector 'purge --yes'
    ${If} $Code != 0
      SetErrorLevel ${SECRETS_STAY}
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(secrets_stay)" /SD IDNO IDYES removed
      StrCpy $Said "$(secrets_stayed)"
      Call un.ShowFailure
      Abort
      removed:
    ${EndIf}
  ${EndIf}
  !insertmacro un.Connector 'service uninstall'
  ${If} $Code != 0
    SetErrorLevel ${SERVICE_STAYS}
    StrCpy $Said "$(service_stays)"
    Call un.ShowFailure
    Abort
  ${EndIf}
  ; Its window, of whoever has it open.
  nsExec::Exec '"$SYSDIR\taskkill.exe" /F /IM ${WINDOW}'
  Pop $0
  ${If} $0 == 0
    Sleep 1000
  ${EndIf}
  ${If} $Purge == "yes"
    ReadEnvStr $0 ProgramData
    RMDir /r "$0\${NAME}"
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${NAME}"
    SetShellVarContext all
  ${EndIf}
  !insertmacro un.Gone "${CONNECTOR}"
  !insertmacro un.Gone "${WINDOW}"
  !insertmacro un.Gone "${LOADER}"
  Delete "$INSTDIR\*.tmp.old"
  Delete "$INSTDIR\setup.log"
  Delete "$INSTDIR\update-pending.json"
  RMDir /r "$INSTDIR\update"
  Delete "$SMPROGRAMS\${NAME}\${NAME}.lnk"
  RMDir "$SMPROGRAMS\${NAME}"
  DeleteRegValue HKLM "${RUN}" "${NAME}"
  DeleteRegValue HKCU "${RUN}" "${NAME}"
  DeleteRegValue HKCU "${APPROVED_RUN}" "${NAME}"
  DeleteRegKey HKLM "${KEY}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir /REBOOTOK "$INSTDIR"
SectionEnd

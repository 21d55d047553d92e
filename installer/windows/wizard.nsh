; The pages: their order, their pictures, what each asks and says. Their texts are in texts.nsh.

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
; The pictures for 100 %; others take their place where the screen has another scale.
!define PICTURES "${__FILEDIR__}\..\..\icons\setup"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURES}\side-100.bmp"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH FitControl
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "${PICTURES}\header-100.bmp"
!define MUI_CUSTOMFUNCTION_GUIINIT ShowPictures
!define MUI_CUSTOMFUNCTION_UNGUIINIT un.ShowPictures
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "$Title"
!define MUI_WELCOMEPAGE_TEXT "$Welcome"
!define MUI_INSTFILESPAGE_ABORTHEADER_TEXT "$Title"
!define MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT "$(stopped_subtitle)"
!define MUI_FINISHPAGE_TITLE "$Title"
!define MUI_FINISHPAGE_TEXT "$Finish"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartWindow
!define MUI_FINISHPAGE_RUN_TEXT "$(launch)"
!define MUI_FINISHPAGE_LINK "$(webview_link)"
!define MUI_FINISHPAGE_LINK_LOCATION "${WEBVIEW_PAGE}"
!define MUI_FINISHPAGE_LINK_COLOR 0F6CBD
; What is left for the next start of Windows is no reason for one.
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
BrandingText "${NAME} ${VERSION}"

Var Title
Var Welcome
Var Finish
Var Trouble ; what did not succeed although the programs are there, or nothing

!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_PRE ShowFolder
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE LeaveFolder
!insertmacro MUI_PAGE_DIRECTORY
Page custom ShowMode LeaveMode
!insertmacro MUI_PAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_PRE SayFinish
!define MUI_PAGE_CUSTOMFUNCTION_SHOW ShowFinish
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.ShowKeep un.LeaveKeep
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE German

!macro Picture SCALE
  File "/oname=$PLUGINSDIR\modern-wizard.bmp" "${PICTURES}\side-${SCALE}.bmp"
  File "/oname=$PLUGINSDIR\modern-header.bmp" "${PICTURES}\header-${SCALE}.bmp"
!macroend

; What both the setup and the uninstaller show; UN is "un." or nothing.
!macro Shown UN
; Pictures that need no stretching at the scale of this screen.
Function ${UN}ShowPictures
  InitPluginsDir
  ; Windows before 1607 has no such function.
  System::Call "user32::GetDpiForSystem() i .r0"
  ${If} $0 == error
    StrCpy $0 96
  ${EndIf}
  ${If} $0 >= 168
    !insertmacro Picture 200
  ${ElseIf} $0 >= 132
    !insertmacro Picture 150
  ${ElseIf} $0 >= 108
    !insertmacro Picture 125
  ${Else}
    !insertmacro Picture 100
  ${EndIf}
  SetBrandingImage /IMGID=1046 /RESIZETOFIT "$PLUGINSDIR\modern-header.bmp"
FunctionEnd

; Says $Said, which is why it stops and what to do, in place of the progress, with all steps below.
Function ${UN}ShowFailure
  StrCpy $Title "$(${UN}stopped_title)"
  SetDetailsPrint listonly
  DetailPrint "$Said"
  ${If} ${Silent}
    Return
  ${EndIf}
  FindWindow $0 "#32770" "" $HWNDPARENT
  GetDlgItem $1 $0 1004
  ShowWindow $1 ${SW_HIDE}
  GetDlgItem $1 $0 1027
  ShowWindow $1 ${SW_HIDE}
  ; Width and height of the page; the reason takes the upper third, the steps the rest.
  System::Call "*(i, i, i, i) p .r2"
  System::Call "user32::GetClientRect(p r0, p r2)"
  System::Call "*$2(i, i, i .r3, i .r4)"
  System::Free $2
  IntOp $5 $4 / 3
  GetDlgItem $1 $0 1006
  ; More than the one line of the progress (SS_LEFT).
  System::Call "user32::GetWindowLong(p r1, i -16) i .r6"
  IntOp $6 $6 & 0xFFFFFFE0
  System::Call "user32::SetWindowLong(p r1, i -16, i r6)"
  SetCtlColors $1 A4262C SYSCLR:BTNFACE
  CreateFont $7 "$(^Font)" "$(^FontSize)" 700
  SendMessage $1 ${WM_SETFONT} $7 1
  SendMessage $1 ${WM_SETTEXT} 0 "STR:$Said"
  System::Call "user32::SetWindowPos(p r1, p 0, i 0, i 0, i r3, i r5, i 0x44)"
  GetDlgItem $1 $0 1016
  IntOp $4 $4 - $5
  System::Call "user32::SetWindowPos(p r1, p 0, i 0, i r5, i r3, i r4, i 0x44)"
FunctionEnd
!macroend
!insertmacro Shown ""
!insertmacro Shown "un."

; What is there, and what happens with it.
Function SayWelcome
  StrCpy $Title "$(welcome_title)"
  StrCpy $Welcome "$(welcome)"
  ${If} $Before == "${VERSION}"
    StrCpy $Title "$(repair_title)"
    StrCpy $Welcome "$(repair)"
  ${ElseIf} $Before != ""
    StrCpy $Title "$(upgrade_title)"
    StrCpy $Welcome "$(upgrade)"
  ${EndIf}
FunctionEnd

; A choice with a line or two below it, so many dialog units from the top.
!macro Choice TOP HANDLE NAME TEXT
  ${NSD_CreateRadioButton} 0 ${TOP}u 100% 10u "${NAME}"
  Pop ${HANDLE}
  !define /math BELOW ${TOP} + 12
  ${NSD_CreateLabel} 12u ${BELOW}u 95% 18u "${TEXT}"
  !undef BELOW
  Pop $0
!macroend

; Where something is installed, the new version replaces it there.
Function ShowFolder
  ${If} $Folder != ""
    Abort
  ${EndIf}
FunctionEnd

Function LeaveFolder
  Call LookAtFolder
  ${If} $Taken != ""
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(folder_taken)"
    Abort
  ${EndIf}
FunctionEnd

Function ShowMode
  !insertmacro MUI_HEADER_TEXT "$(mode_title)" "$(mode_subtitle)"
  nsDialogs::Create 1018
  Pop $0
  !insertmacro Choice 0 $Choice1 "$(mode_service)" "$(mode_service_text)"
  !insertmacro Choice 36 $Choice2 "$(mode_logon)" "$(mode_logon_text)"
  !insertmacro Choice 72 $Choice3 "$(mode_hand)" "$(mode_hand_text)"
  ${NSD_CreateLabel} 0 112u 100% 20u "$(network)"
  Pop $0
  ${If} $Mode == "service"
    ${NSD_Check} $Choice1
  ${ElseIf} $Mode == "logon"
    ${NSD_Check} $Choice2
  ${Else}
    ${NSD_Check} $Choice3
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function LeaveMode
  StrCpy $Mode "hand"
  ${NSD_GetState} $Choice1 $0
  ${If} $0 == ${BST_CHECKED}
    StrCpy $Mode "service"
  ${EndIf}
  ${NSD_GetState} $Choice2 $0
  ${If} $0 == ${BST_CHECKED}
    StrCpy $Mode "logon"
  ${EndIf}
  ${If} $Cloud != ""
  ${AndIf} $Mode != "service"
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(only_service)"
    Abort
  ${EndIf}
FunctionEnd

; How it runs now and how somebody gets at it, or what did not succeed.
Function SayFinish
  StrCpy $Title "$(finish_title)"
  ${If} $Trouble != ""
    StrCpy $Title "$(trouble_title)"
    StrCpy $Finish "$Trouble"
  ${ElseIf} $Mode == "service"
    StrCpy $Finish "$(finish_service)"
  ${ElseIf} $Mode == "logon"
    StrCpy $Finish "$(finish_logon)"
  ${Else}
    StrCpy $Finish "$(finish_hand)"
  ${EndIf}
  Call HasWebView
  ${If} $0 == ""
  ${AndIf} $Trouble == ""
    StrCpy $Finish "$(webview)"
  ${EndIf}
FunctionEnd

; The window is drawn by WebView2, which current Windows brings along; the service and the command line do without.
Function ShowFinish
  Call HasWebView
  ${If} $0 == ""
    ${NSD_Uncheck} $mui.FinishPage.Run
    ShowWindow $mui.FinishPage.Run ${SW_HIDE}
    ${NSD_OnClick} $mui.FinishPage.Link OpenWebViewPage
  ${Else}
    ShowWindow $mui.FinishPage.Link ${SW_HIDE}
  ${EndIf}
FunctionEnd

; In the browser of whoever is signed in, with no more rights than they have.
Function OpenWebViewPage
  Pop $0
  Exec '"$WINDIR\explorer.exe" "${WEBVIEW_PAGE}"'
FunctionEnd

; Its version in $0, or nothing. One that was removed is 0.0.0.0.
Function HasWebView
  ReadRegStr $0 HKLM "SOFTWARE\WOW6432Node\${CLIENT}" "pv"
  ${If} $0 == ""
  ${OrIf} $0 == "0.0.0.0"
    ReadRegStr $0 HKCU "Software\${CLIENT}" "pv"
  ${EndIf}
  ${If} $0 == "0.0.0.0"
    StrCpy $0 ""
  ${EndIf}
FunctionEnd

; Only administrators speak to the service. Without it, the window is for whoever is logged on, with no more rights than they
; have: Explorer starts it with those.
Function StartWindow
  ${If} $Mode == "service"
    Exec '"$INSTDIR\${WINDOW}"'
  ${Else}
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\${WINDOW}"'
  ${EndIf}
FunctionEnd

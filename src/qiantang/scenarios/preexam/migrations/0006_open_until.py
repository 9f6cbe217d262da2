from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('preexam', '0005_prior_art'),
    ]

    operations = [
        migrations.AddField(
            model_name='draftrequest',
            name='open_until',
            field=models.DateField(help_text='the owner lets the centre look until then, before handing it in', null=True),
        ),
    ]
